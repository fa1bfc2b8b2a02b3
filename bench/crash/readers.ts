import { Agent, request, type IncomingMessage } from 'node:http';

/** Citizens who never stop reading. */
export interface Readers {
  /** Addresses that answer by now. */
  readonly paths: Set<string>;
  readonly count: ReadCount;
  stop(): Promise<void>;
}

export interface ReadCount {
  requests: number;
  /** Without an answer, with half of one, or with 5xx. */
  dropped: number;
  readonly problems: string[];
}

/** Four connections, each asking for one address after another. */
export function startReaders(port: number): Readers {
  const agent = new Agent({ keepAlive: true, maxSockets: 4 });
  const count: ReadCount = { requests: 0, dropped: 0, problems: [] };
  const paths = new Set(['/']);
  let stopped = false;
  const read = async (): Promise<void> => {
    for (let turn = 0; !stopped; turn++) {
      const path = [...paths][turn % paths.size] ?? '/';
      count.requests++;
      try {
        const { status } = await ask(port, path, agent);
        if (status !== 200 && status !== 410) throw new Error(`status ${status}`);
      } catch (error) {
        count.dropped++;
        count.problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };
  const reading = Promise.all([read(), read(), read(), read()]);
  return {
    paths,
    count,
    async stop() {
      stopped = true;
      await reading;
      agent.destroy();
    },
  };
}

export interface Page {
  readonly status: number;
  readonly text: string;
}

/** Rejects unless the answer is whole. */
export function ask(port: number, path: string, agent?: Agent): Promise<Page> {
  return new Promise((resolve, reject) => {
    const take = (response: IncomingMessage): void => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('error', reject);
      response.on('end', () => {
        if (!response.complete) reject(new Error('half an answer'));
        else resolve({ status: response.statusCode ?? 0, text: Buffer.concat(parts).toString() });
      });
    };
    const asked = request({ host: '127.0.0.1', port, path, timeout: 10_000, ...(agent ? { agent } : {}) }, take);
    asked.on('timeout', () => asked.destroy(new Error('no answer within 10 s')));
    asked.on('error', reject);
    asked.end();
  });
}
