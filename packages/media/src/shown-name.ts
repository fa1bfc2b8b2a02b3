const longest = 120;

/**
 * The name of a file as people are shown it: the last part of whatever path came with it, in NFC, without characters
 * nobody sees (a right-to-left mark makes `exe.docx` of `xcod.exe`). Never part of a path or an address.
 */
export function shownName(given: string): string {
  const last = given.normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const visible = last.replace(/[\p{C}\p{Zl}\p{Zp}<>:"|?*]/gu, '').trim();
  const ending = nameEnding(visible);
  const stem = visible.slice(0, visible.length - (ending === '' ? 0 : ending.length + 1));
  const cut = [...stem].slice(0, longest).join('').trim() || '未命名';
  return ending === '' ? cut : `${cut}.${ending}`;
}

/** `docx` of `报告.docx`, as it is written; empty where there is none. */
export function nameEnding(name: string): string {
  return /\.([A-Za-z0-9]{1,10})$/.exec(name)?.[1] ?? '';
}
