import { ChengmenError, explainError } from '@chengmen/model';
import { startPortal } from './portal.ts';
import { readPortalSettings } from './settings.ts';

/** The portal as a process of its own. Exit codes: 0 stopped when asked; 2 could not run. */
try {
  const settings = readPortalSettings(process.argv.slice(2), process.env);
  const portal = await startPortal({
    ...settings,
    alarm: (code, where, problem) => {
      console.error(JSON.stringify({ alarm: code, where, problem }));
    },
  });
  const stop = (): void => {
    void portal.close().then(() => process.exit(0));
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
  // A portal does not outlive the supervisor that started it.
  process.once('disconnect', stop);
  if (process.send) process.send({ ready: true, port: portal.port });
  else console.error(`门户 portal ${portal.address}`);
} catch (error) {
  if (error instanceof ChengmenError) {
    const { code, zh, en, todo } = explainError(error);
    console.error(`${code}\n${zh}${todo.zh}\n${en} ${todo.en}`);
  } else console.error(error);
  process.exit(2);
}
