/** Pairs `from to to…`, with `|` between. The package describes its converters alone. */
declare module 'opencc-js/dict/*' {
  const table: string;
  export default table;
}
