import type { SiteLanguage } from '@chengmen/search';

/** What a release tells of its own search: words that mean the same, and the editions in other languages. */
export interface SearchWords {
  readonly synonyms: readonly (readonly string[])[];
  readonly editions: readonly SiteLanguage[];
}

/** Each has an index of its own, and memory for it. */
const mostEditions = 12;

/** Reads `/search/words.json`; what is not well formed is left out. Throws SyntaxError for what is no JSON. */
export function parseWords(bytes: Uint8Array): SearchWords {
  const value = JSON.parse(Buffer.from(bytes).toString('utf8')) as Partial<Record<keyof SearchWords, unknown>> | null;
  const list = (given: unknown): readonly unknown[] => (Array.isArray(given) ? (given as unknown[]) : []);
  return {
    synonyms: list(value?.synonyms).filter(
      (group): group is string[] => Array.isArray(group) && group.every((one) => typeof one === 'string'),
    ),
    editions: list(value?.editions).filter(isEdition).slice(0, mostEditions),
  };
}

/** Both become part of a file's name. */
function isEdition(value: unknown): value is SiteLanguage {
  if (typeof value !== 'object' || value === null) return false;
  const { language, root } = value as Partial<Record<keyof SiteLanguage, unknown>>;
  return (
    typeof language === 'string' &&
    /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(language) &&
    typeof root === 'string' &&
    /^\/[a-z0-9][a-z0-9-]{0,40}$/.test(root)
  );
}
