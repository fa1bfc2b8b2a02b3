/** The visible text of a page: what stands between tags, character references of everyday use resolved. */
export function pageText(html: string): string {
  return html
    .replace(/<(script|style|head)\b[^>]{0,400}>[\s\S]*?<\/\1\s*>/gi, '\n')
    .replace(/<!--[\s\S]*?-->/g, '')
    .replace(/<\/?(?:p|div|br|h[1-6]|li|tr|table|ul|ol|section)\b[^>]*>/gi, '\n')
    .replace(/<[a-z/!][^>]*>/gi, '')
    .replace(/&(nbsp|lt|gt|quot|amp);/g, (_, name: string) => references[name] ?? '')
    .replace(/[ \t\r\f]*\n\s*/g, '\n')
    .trim();
}

const references: Record<string, string> = { nbsp: ' ', lt: '<', gt: '>', quot: '"', amp: '&' };
