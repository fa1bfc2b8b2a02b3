import type { IncomingMessage, Server } from 'node:http';
import { Server as NetServer, type Socket } from 'node:net';

const look = 20;

/**
 * Gives what stops a server: it takes no more connections, ends those that are idle, lets the others finish their answer, and
 * after `within` milliseconds ends all. `waiting` are requests whose answer is still being worked out.
 *
 * `close` of node:http takes a connection for idle as soon as its answer was handed over, and cuts off long answers on their way;
 * here one is idle when all its bytes have gone.
 */
export function stopper(server: Server, waiting: ReadonlySet<IncomingMessage>): (within: number) => Promise<void> {
  const open = new Set<Socket>();
  server.on('connection', (socket) => {
    open.add(socket);
    socket.once('close', () => open.delete(socket));
  });
  const endIdle = (): void => {
    const needed = new Set([...waiting].map(({ socket }) => socket));
    for (const socket of open) if (socket.writableLength === 0 && !needed.has(socket)) socket.destroy();
  };
  return async (within) => {
    if (!server.listening) return;
    const closed = new Promise((resolve) => NetServer.prototype.close.call(server, resolve));
    const looking = setInterval(endIdle, look);
    const end = setTimeout(() => {
      for (const socket of open) socket.destroy();
    }, within);
    endIdle();
    await closed;
    clearInterval(looking);
    clearTimeout(end);
    // Only now: it also ends the search for late requests.
    server.close();
  };
}
