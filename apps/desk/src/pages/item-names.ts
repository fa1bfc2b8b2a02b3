/** Items that a text names as `{id}`, by their titles. */
export const withTitles = (label: string, titles: ReadonlyMap<string, string>): string =>
  label.replace(/\{([a-z0-9-]+)\}/g, (_, id: string) => titles.get(id) ?? id);
