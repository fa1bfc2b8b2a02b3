/** The encoding label a page gives in its first kilobytes, lower-case, or null (`<meta charset>`, `http-equiv`, XML). */
export function declaredEncoding(bytes: Uint8Array): string | null {
  const head = latin.decode(bytes.subarray(0, 4096));
  const label =
    /(?:charset\s{0,4}=\s{0,4}["']?|<\?xml[^>]{0,80}encoding\s{0,4}=\s{0,4}["'])\s{0,4}([\w.:-]{2,40})/i.exec(head);
  return label?.[1]?.toLowerCase() ?? null;
}

const latin = new TextDecoder('windows-1252');
