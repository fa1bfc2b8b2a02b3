/** A line of CSV; a spreadsheet takes what begins with some signs for a formula, so those are quoted. */
export function csvLine(cells: readonly (string | number)[]): string {
  const cell = (value: string | number): string => {
    const plain = typeof value === 'string' && /^[=+\-@\t\r]/.test(value) ? `'${value}` : String(value);
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
  };
  return `${cells.map(cell).join(',')}\r\n`;
}
