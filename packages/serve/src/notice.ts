import type { Answer } from './types.ts';

/** The few words this program says in its own name, where no page of a release can speak. */
const words: Readonly<Record<number, readonly [zh: string, en: string]>> = {
  400: ['这个地址写得不对。', 'This address is not well formed.'],
  404: ['这里没有内容。', 'There is nothing here.'],
  405: ['本站只提供阅读。', 'This site can only be read.'],
  410: ['这里的内容已依法清除。', 'What stood here has been erased by order.'],
  412: ['内容已更新。', 'The content has changed.'],
  414: ['这个地址太长了。', 'This address is too long.'],
  416: ['没有所要的这一段。', 'There is no such part.'],
  505: ['本站只用 HTTP/1.0 和 HTTP/1.1。', 'This site speaks HTTP/1.0 and HTTP/1.1.'],
  503: ['网站暂时不能提供这一页，请稍后再来。', 'This page cannot be shown just now. Please come back in a moment.'],
};

/** A short page in Chinese and English. */
export function notice(status: number, headers: Readonly<Record<string, string>> = {}): Answer {
  const [zh, en] = words[status] ?? ['', ''];
  const body = Buffer.from(
    `<!doctype html>\n<html lang="zh-Hans"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${zh}</title>\n<p>${zh}</p>\n<p lang="en">${en}</p>\n</html>\n`,
  );
  return {
    status,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': status === 503 ? 'no-store' : 'no-cache',
      ...(status === 503 ? { 'retry-after': '5' } : {}),
      ...headers,
      'content-length': String(body.length),
    },
    body,
  };
}
