import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { after, test } from 'node:test';
import type { Answer } from '@chengmen/serve';
import { readyHead } from './ready-head.ts';

const idle = 65_000;
const putReadyHead = readyHead(idle);
const answers: Readonly<Record<string, Answer>> = {
  page: answerOf(200, { 'content-type': 'text/html', 'content-length': '4', etag: '"a"', vary: 'Accept-Encoding' }),
  gone: answerOf(410, { 'content-type': 'text/html', 'content-length': '4' }),
  moved: answerOf(301, { location: '/b', 'content-length': '4' }),
  saved: answerOf(200, { 'content-length': '4', 'content-disposition': 'attachment' }),
};
/** Whether the head was put, in the order of asking. */
const put: boolean[] = [];
const server = createServer({ keepAliveTimeout: idle, optimizeEmptyRequests: true }, (request, response) => {
  const [, way, name = ''] = (request.url ?? '').split('/');
  const answer = answers[name];
  if (!answer) throw new Error(`no such answer: ${name}`);
  const done = way === 'ready' && putReadyHead(response, answer);
  if (way === 'ready') put.push(done);
  if (!done) response.writeHead(answer.status, answer.headers);
  response.end(answer.body);
});
server.listen(0, '127.0.0.1');
await once(server, 'listening');
after(() => server.close());

function answerOf(status: number, headers: Readonly<Record<string, string>>): Answer {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return { status, headers, headerText: lines.join(''), body: Buffer.from('body') };
}

async function exchange(raw: string): Promise<string> {
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.setEncoding('latin1').end(raw);
  let answer = '';
  for await (const part of socket) answer += String(part);
  return answer.replace(/^Date: .{29}$/gm, 'Date: now');
}

const forms = {
  'HTTP/1.1': (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`,
  HEAD: (path: string) => `HEAD ${path} HTTP/1.1\r\nHost: a\r\n\r\n`,
  'requests one behind the other': (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\n\r\n`.repeat(40),
  'HTTP/1.0 that keeps its connection': (path: string) => `GET ${path} HTTP/1.0\r\nConnection: keep-alive\r\n\r\n`,
  'HTTP/1.0': (path: string) => `GET ${path} HTTP/1.0\r\n\r\n`,
  'the last request': (path: string) => `GET ${path} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n`,
} as const;

for (const [form, raw] of Object.entries(forms))
  test(`readyHead sends what writeHead sends, byte for byte: ${form}`, async () => {
    for (const name of Object.keys(answers)) {
      const usual = await exchange(raw(`/usual/${name}`));
      assert.match(usual, /^HTTP\/1\.1 \d{3} [\s\S]*Date: now/);
      assert.equal(await exchange(raw(`/ready/${name}`)), usual);
    }
  });

test('readyHead is used where the connection goes on, and leaves the rest to writeHead', async () => {
  const used = async (raw: string): Promise<boolean | undefined> => {
    await exchange(raw);
    return put.at(-1);
  };
  assert.equal(await used(forms['HTTP/1.1']('/ready/page')), true);
  assert.equal(await used(forms['the last request']('/ready/page')), false);
  assert.equal(await used(forms['HTTP/1.0']('/ready/page')), false);
});
