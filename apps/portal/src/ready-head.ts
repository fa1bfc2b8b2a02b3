import { STATUS_CODES, type ServerResponse } from 'node:http';
import type { Answer } from '@chengmen/serve';

/** Where node:http keeps the head it has written out, until the body is sent. */
interface WithHead {
  _header: string;
}

/**
 * Gives what puts the head of an answer whose headers are written out already, where `writeHead` would check and write them for
 * each request. What goes over the wire is the same, byte for byte. False where it cannot be used: nothing is written out, or
 * the connection ends after this answer. `idle` is the server's `keepAliveTimeout`.
 */
export function readyHead(
  idle: number,
  now: () => number = Date.now,
): (response: ServerResponse, answer: Answer) => boolean {
  const kept = idle > 0 ? `Keep-Alive: timeout=${Math.trunc(idle / 1000)}\r\n` : '';
  let second = Number.NaN;
  let end = '';
  return (response, { status, headerText }) => {
    if (headerText === undefined || !response.shouldKeepAlive) return false;
    const current = Math.trunc(now() / 1000);
    if (current !== second) {
      second = current;
      end = `Date: ${new Date(current * 1000).toUTCString()}\r\nConnection: keep-alive\r\n${kept}\r\n`;
    }
    response.statusCode = status;
    (response as unknown as WithHead)._header = `${statusLine(status)}${headerText}${end}`;
    return true;
  };
}

function statusLine(status: number): string {
  return `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? 'unknown'}\r\n`;
}
