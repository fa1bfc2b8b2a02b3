import { AsyncLocalStorage } from 'node:async_hooks';

const command = new AsyncLocalStorage<string>();

/** Runs a command's effect, remembering that we are inside it. */
export function insideCommand<T>(name: string, run: () => Promise<T>): Promise<T> {
  return command.run(name, run);
}

/** With one session, a command that asks for a second one would wait for itself for ever; better to fail at once. */
export function refuseInsideCommand(): void {
  const name = command.getStore();
  if (name !== undefined) throw new Error(`command ${name} must use its own transaction (context.tx), not ledger.db`);
}
