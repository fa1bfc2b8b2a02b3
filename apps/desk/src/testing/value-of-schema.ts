import fc from 'fast-check';

/** As much of JSON Schema as zod prints. */
export interface Schema {
  readonly $ref?: string;
  readonly anyOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly type?: string;
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly items?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: Schema | boolean;
}

export interface ValueOptions {
  readonly components: Readonly<Record<string, Schema>>;
  /** Words that mean something to whoever is asked. */
  readonly known: readonly string[];
  /** Of a hundred values so many are of another shape than the schema says. */
  readonly wrong: number;
}

/** Values of a schema, and now and then something else in their place. */
export function valueOfSchema(schema: Schema, options: ValueOptions): fc.Arbitrary<unknown> {
  const { wrong } = options;
  const right = rightValue(schema, options);
  return wrong === 0
    ? right
    : fc.oneof({ weight: 100 - wrong, arbitrary: right }, { weight: wrong, arbitrary: fc.jsonValue() });
}

function rightValue(schema: Schema, options: ValueOptions): fc.Arbitrary<unknown> {
  const { $ref, anyOf, type } = schema;
  const inside = (one: Schema): fc.Arbitrary<unknown> => valueOfSchema(one, options);
  if ($ref !== undefined) return inside(options.components[$ref.replace(/^.*\//, '')] ?? {});
  if (anyOf) return fc.oneof(...anyOf.map(inside));
  if ('const' in schema) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  if (type === 'object') return objectOf(schema, options);
  if (type === 'array') return fc.array(inside(schema.items ?? {}), { maxLength: 4 });
  if (type === 'string') return stringOf(schema, options);
  if (type === 'integer') return fc.integer(boundsOf(schema));
  if (type === 'number') return fc.oneof(fc.integer(boundsOf(schema)), fc.double({ noNaN: true }));
  if (type === 'boolean') return fc.boolean();
  if (type === 'null') return fc.constant(null);
  return fc.jsonValue();
}

function objectOf(schema: Schema, options: ValueOptions): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties: more } = schema;
  const named = fc.record(
    Object.fromEntries(Object.entries(properties).map(([name, one]) => [name, valueOfSchema(one, options)])),
    { requiredKeys: [...required] },
  );
  if (typeof more !== 'object') return named;
  const others = fc.dictionary(stringOf({}, options), valueOfSchema(more, options), { maxKeys: 4 });
  return fc.tuple(others, named).map(([some, all]) => ({ ...some, ...all }));
}

function stringOf(
  { format, pattern, minLength = 0, maxLength = 40 }: Schema,
  { known }: ValueOptions,
): fc.Arbitrary<string> {
  if (format === 'date-time')
    return fc.date({ noInvalidDate: true, min: new Date(0), max: new Date(4e12) }).map((date) => date.toISOString());
  const fitting = known.filter(
    (word) => word.length >= minLength && word.length <= maxLength && (!pattern || new RegExp(pattern).test(word)),
  );
  const usual = fitting.length > 0 ? [fc.constantFrom(...fitting)] : [];
  if (pattern !== undefined && !/\(\?[=!<]/.test(pattern))
    return fc.oneof(...usual, fc.stringMatching(new RegExp(pattern), { size: '-1' }));
  const any = fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, 40) });
  return fc.oneof(...usual, any, fc.constantFrom('\0', '\ud800', '__proto__', '长'.repeat(3000)));
}

function boundsOf({ minimum = -1e9, maximum = 1e9 }: Schema): { min: number; max: number } {
  return { min: Math.max(minimum, -1e9), max: Math.min(maximum, 1e9) };
}
