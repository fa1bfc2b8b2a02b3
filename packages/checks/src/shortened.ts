/** A text for a message, cut after so many UTF-16 units and never inside a character. */
export const shortened = (text: string, longest: number): string =>
  text.length > longest ? `${text.slice(0, longest).toWellFormed()}…` : text;
