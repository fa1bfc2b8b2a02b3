/** First two digits: provinces, Hong Kong, Macao and Taiwan (GB/T 2260; 83 for residence permits of 2018). */
const provinces = new Set(
  '11 12 13 14 15 21 22 23 31 32 33 34 35 36 37 41 42 43 44 45 46 50 51 52 53 54 61 62 63 64 65 71 81 82 83'.split(' '),
);
const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const checkCharacters = '10X98765432';

/** The 18th character that belongs to 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export function identityCheckCharacter(digits: string): string {
  const sum = weights.reduce((total, weight, at) => total + weight * Number(digits[at]), 0);
  return checkCharacters[sum % 11] ?? '';
}

/** Whether this is a citizen's identity number: province, date of birth and check character all fit. */
export function isIdentityNumber(text: string): boolean {
  if (!/^\d{17}[\dXx]$/.test(text) || !provinces.has(text.slice(0, 2))) return false;
  return isBirthday(text.slice(6, 14)) && identityCheckCharacter(text) === text[17]?.toUpperCase();
}

/** Fifteen digits of before 1999, which have no check character: only said beside a word for what they are. */
export function isOldIdentityNumber(text: string): boolean {
  return /^\d{15}$/.test(text) && provinces.has(text.slice(0, 2)) && isBirthday(`19${text.slice(6, 12)}`);
}

function isBirthday(digits: string): boolean {
  const [year, month, day] = [Number(digits.slice(0, 4)), Number(digits.slice(4, 6)), Number(digits.slice(6))];
  if (year < 1880 || year > 2100 || month < 1 || month > 12 || day < 1) return false;
  return day <= new Date(Date.UTC(year, month, 0)).getUTCDate();
}
