/** What people type for the brackets of a document number; GB/T 9704 has 〔〕. */
const typed = /[[［(（【〔](\d{4})[\]］)）】〕]\s?(\d{1,5})\s?号$/;

/** `临政发[2026]12号`, as it is typed, becomes `临政发〔2026〕12号`. */
export const documentNumberRule = {
  find: typed,
  write: ([, year = '', number = '']: RegExpMatchArray): string => `〔${year}〕${Number(number)}号`,
};

/** A document number from its three parts: who issues, the year, the number. */
export function documentNumber(issuer: string, year: string, number: string): string {
  return `${issuer.trim()}〔${year.trim()}〕${Number(number)}号`;
}
