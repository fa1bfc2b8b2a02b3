/** The same numbers, texts and lists in memory of their own; what lies outside the heap can be read from other threads too. */
export function copyShared<T>(value: T): T {
  return copied(value) as T;
}

function copied(value: unknown): unknown {
  if (value instanceof Uint8Array || value instanceof Uint32Array || value instanceof Float64Array) {
    const room = new SharedArrayBuffer(value.byteLength);
    new Uint8Array(room).set(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    if (value instanceof Uint32Array) return new Uint32Array(room);
    return value instanceof Float64Array ? new Float64Array(room) : new Uint8Array(room);
  }
  if (value instanceof Map) return new Map([...value].map(([key, member]) => [key, copied(member)]));
  if (value instanceof Set) return new Set(value);
  if (Array.isArray(value)) return typeof value[0] === 'number' ? value.slice() : value.map(copied);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, copied(member)]));
}
