import { ChengmenError } from '@chengmen/model';
import { helpText, type CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import type { Office } from '../office.ts';
import type { Settings } from '../settings.ts';
import { firstSite } from '../site-id.ts';
import { settingsOfSite } from '../sites.ts';
import { hasKey, operand, seenFor, trustedKey } from './operands.ts';
import { withLedger, withOffice } from './with-office.ts';

/**
 * Runs one command to its end and answers its exit code. Errors it throws mean that it could not run.
 * Each command loads what it needs itself: all of the house takes a second and 200 MB.
 */
export async function runCommand(line: CommandLine, given: Settings, terminal: Console): Promise<number> {
  if (line.command === 'site') return (await import('./site.ts')).siteCommand(line, given, terminal);
  // Whatever else: of one site. Only `start` runs them all.
  const settings = settingsOfSite(given, line.command === 'start' ? firstSite : (given.site ?? ''));
  switch (line.command) {
    case 'help':
      terminal.out(helpText);
      return exit.done;
    case 'start': {
      const { start } = await import('./start.ts');
      return start({ settings, pages: line.lists['page'] ?? [], decisions: line.lists['decisions'] ?? [] }, terminal);
    }
    case 'mend':
      return (await import('./mend-files.ts')).mendFiles(line, terminal);
    case 'verify':
      return (await import('./verify.ts')).verify(line, settings, terminal);
    case 'code':
      return (await import('./code.ts')).tellCode(operand(line, 'KEY'), terminal);
    case 'sign-server':
      return (await import('./sign-server.ts')).signServer(line, settings, terminal);
    case 'search':
      return (await import('./search.ts')).searchSite(line, settings, terminal);
    case 'scrub':
      return (await import('./scrub.ts')).scrubReleases(line, settings, seenFor(line, settings), terminal);
    case 'prune': {
      const { prune, pruneCopy } = await import('./prune.ts');
      if (line.operands.length > 0) return pruneCopy(line, settings, terminal);
      return withOffice(settings, terminal, (office) => prune(line, office, settings, terminal));
    }
    case 'audit': {
      const { audit } = await import('./audit.ts');
      return audit(line, terminal, (work) => withOffice(settings, terminal, work));
    }
    case 'mirror':
      return (await import('./mirror.ts')).mirrorReleases(line, settings, terminal);
    case 'export':
      return (await import('./export.ts')).exportSite(line, settings, terminal);
    case 'inspect': {
      const key = hasKey(line, settings) ? trustedKey(line, settings) : undefined;
      return (await import('./inspect.ts')).inspect(line, { key, lastSeen: seenFor(line, settings) }, terminal);
    }
    case 'history': {
      const { history } = await import('./history.ts');
      return withLedger(settings, (ledger) => history(line, settings, ledger, terminal));
    }
    default:
      if (line.command === 'publish' && line.values['why'] !== undefined)
        return (await import('./publish.ts')).explainRebuild(line, settings, terminal);
      return withOffice(settings, terminal, (office) => runOnOffice(line, office, settings, terminal));
  }
}

async function runOnOffice(line: CommandLine, office: Office, settings: Settings, terminal: Console): Promise<number> {
  switch (line.command) {
    case 'intake':
      return (await import('./intake.ts')).intake(line, office, terminal);
    case 'publish':
      return (await import('./publish.ts')).publish(line, office, settings, terminal);
    case 'hold':
      return (await import('./hold.ts')).hold(line, office, terminal);
    case 'resume':
      return (await import('./hold.ts')).resume(line, office, terminal);
    case 'explain':
      return (await import('./explain.ts')).explain(line, office, terminal);
    case 'statistics':
      return (await import('./statistics.ts')).statistics(line, office, settings, terminal);
    case 'key':
      return (await import('./key.ts')).changeKey(line, office, terminal);
    case 'user':
      return (await import('./user.ts')).changeUser(line, office, terminal);
    default:
      throw new ChengmenError('arguments-invalid', { problem: line.command });
  }
}
