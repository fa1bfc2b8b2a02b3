/** Whether the last digit is the one that belongs to those before it (ISO/IEC 7812-1, Luhn). */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let at = digits.length - 1, doubled = false; at >= 0; at--, doubled = !doubled) {
    const digit = Number(digits[at]) * (doubled ? 2 : 1);
    sum += digit > 9 ? digit - 9 : digit;
  }
  return sum % 10 === 0;
}

/** UnionPay, and the older numbers of the Industrial and Commercial Bank. */
const surelyCards = /^(?:62\d{14,17}|9558\d{15})$/;
/** Other networks: sixteen digits that many a number has. */
const maybeCards = /^(?:4\d{15}|5[1-5]\d{14}|35(?:2[89]|[3-8]\d)\d{12})$/;

/** `card`: certainly one. `maybe`: one if it is said to be. */
export function bankCard(digits: string): 'card' | 'maybe' | undefined {
  if (/^(\d)\1+$/.test(digits) || !passesLuhn(digits)) return undefined;
  return surelyCards.test(digits) ? 'card' : maybeCards.test(digits) ? 'maybe' : undefined;
}
