import { readFileSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, normalize } from 'node:path';
import ts from 'typescript';
import { plan, root, rooms, type Room } from './rooms.ts';

/** Modules of Node that are pure: data in, data out. */
const pureBuiltins = new Set([
  'crypto',
  'zlib',
  'util',
  'buffer',
  'assert',
  'assert/strict',
  'string_decoder',
  'url',
  'path/posix',
]);
const isTest = (file: string): boolean => /\.test\.ts$|\/testing\/|\/tools\//.test(file);

interface Import {
  readonly file: string;
  readonly to: string;
  readonly typeOnly: boolean;
}

/** Problems of one tree of rooms, each a line; empty when the house stands as planned. */
export function layerProblems(all: readonly Room[] = rooms()): string[] {
  const problems: string[] = [];
  const files = new Map<string, string[]>();
  for (const room of all) {
    const rule = plan[room.name];
    if (!rule) {
      problems.push(`${room.folder}: the room “${room.name}” is not in the plan (tools/rooms.ts)`);
      continue;
    }
    for (const file of room.files) {
      for (const { to, typeOnly } of importsOf(file)) {
        problems.push(...judge(room, rule, file, to, typeOnly).map((problem) => `${file}: ${problem}`));
        if (to.startsWith('.') && !typeOnly) {
          const target = normalize(join(dirname(file), to));
          files.set(file, [...(files.get(file) ?? []), target]);
        }
      }
    }
  }
  return [...problems, ...cycles(files).map((cycle) => `import cycle: ${cycle.join(' → ')}`)];
}

function judge(room: Room, rule: (typeof plan)[string], file: string, to: string, typeOnly: boolean): string[] {
  if (to.startsWith('.')) {
    const target = normalize(join(dirname(file), to));
    return target.startsWith(`${room.folder}/`) ? [] : [`reaches into ${target}; import the room by its door`];
  }
  const name = packageName(to);
  const builtin = to.replace(/^node:/, '');
  if (builtinModules.includes(builtin) || to.startsWith('node:')) {
    if (!to.startsWith('node:')) return [`write node:${to}`];
    return rule.pure && !isTest(file) && !pureBuiltins.has(builtin) ? [`${to} in a pure room`] : [];
  }
  if (isTest(file) && !name.startsWith('@chengmen/')) return [];
  const problems =
    room.dependencies.includes(name) || name === `@chengmen/${room.name}`
      ? []
      : [`${name} is not declared in ${room.folder}/package.json`];
  if (name.startsWith('@chengmen/') && name !== `@chengmen/${room.name}`) {
    const other = name.replace('@chengmen/', '');
    if (!isTest(file) && !rule.may.includes('*') && !rule.may.includes(other))
      problems.push(`the plan does not let ${room.name} import ${other}${typeOnly ? ' (type)' : ''}`);
    if (to !== name && !(isTest(file) && to === `${name}/testing`))
      problems.push(`${to} goes past the door of ${other}`);
  }
  return problems;
}

function packageName(to: string): string {
  return to.split('/', to.startsWith('@') ? 2 : 1).join('/');
}

function importsOf(file: string): Import[] {
  const source = ts.createSourceFile(file, readFileSync(join(root, file), 'utf8'), ts.ScriptTarget.Latest);
  const found: Import[] = [];
  const add = (to: ts.Expression | undefined, typeOnly: boolean): void => {
    if (to && ts.isStringLiteral(to)) found.push({ file, to: to.text, typeOnly });
  };
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node))
      add(node.moduleSpecifier, node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword);
    else if (ts.isExportDeclaration(node)) add(node.moduleSpecifier, node.isTypeOnly);
    else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword)
      add(node.arguments[0], false);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function cycles(files: ReadonlyMap<string, readonly string[]>): string[][] {
  const found: string[][] = [];
  const done = new Set<string>();
  const walk = (file: string, trail: readonly string[]): void => {
    const start = trail.indexOf(file);
    if (start >= 0) {
      found.push([...trail.slice(start), file]);
      return;
    }
    if (done.has(file)) return;
    for (const next of files.get(file) ?? []) walk(next, [...trail, file]);
    done.add(file);
  };
  for (const file of files.keys()) walk(file, []);
  return found;
}
