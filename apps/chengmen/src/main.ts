import { readCommandLine } from './command-line.ts';
import { runCommand } from './commands/run-command.ts';
import { openConsole } from './console.ts';
import { catalogued } from './release-places.ts';
import { readSettings } from './settings.ts';

// The embedded database's lock is SQLite's; that Node calls its module experimental is no news for an operator.
process.removeAllListeners('warning');
process.on('warning', (warning) => {
  if (warning.name !== 'ExperimentalWarning') process.stderr.write(`${warning.name}: ${warning.message}\n`);
});

// Whoever reads us may have seen enough (`… | head`): the work goes on, and the exit code tells how it ended.
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

const terminal = openConsole({ json: process.argv.includes('--json') });
try {
  const line = readCommandLine(process.argv.slice(2));
  const settings = readSettings({ flags: line.values, environment: process.env, folder: process.cwd() });
  process.exitCode = await runCommand(line, settings, terminal);
} catch (error) {
  process.exitCode = terminal.fail(catalogued(error));
}
