import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mendInputs } from '@chengmen/mend-command';
import { codeAt, stepAt } from '@chengmen/identity';
import { ChengmenError } from '@chengmen/model';
import { peekCheckpoint, verifyRelease, type ReleaseReport } from '@chengmen/release';
import { verifySite } from '@chengmen/serve';
import { openBackOffice } from '../back-office.ts';
import { helpText, type CommandLine } from '../command-line.ts';
import { exit, type Console } from '../console.ts';
import { connectOffice } from '../control-client.ts';
import { createOffice } from '../create-office.ts';
import { dataFolder } from '../data-folder.ts';
import { readMapping } from '../intake/mapping.ts';
import { intakeLine, intakeSummary, runIntake } from '../intake/run-intake.ts';
import type { Explanation, Office } from '../office.ts';
import { readPlace } from '../release-places.ts';
import { pressProgress, progressLine, progressStep } from '../press-progress.ts';
import type { Settings } from '../settings.ts';
import { exportSite } from './export.ts';
import { history, type OpenedLedger } from './history.ts';
import { inspect } from './inspect.ts';
import { mirrorReleases } from './mirror.ts';
import { hasKey, operand, readOrRefuse, trustedKey } from './operands.ts';
import { prune, pruneCopy } from './prune.ts';
import { explainRebuild, publish } from './publish.ts';
import { scrubReleases } from './scrub.ts';
import { searchSite } from './search.ts';
import { signServer } from './sign-server.ts';
import { start } from './start.ts';

/** Runs one command to its end and answers its exit code. Errors it throws mean that it could not run. */
export async function runCommand(line: CommandLine, settings: Settings, terminal: Console): Promise<number> {
  switch (line.command) {
    case 'help':
      terminal.out(helpText);
      return exit.done;
    case 'start':
      return start({ settings, pages: line.lists['page'] ?? [], decisions: line.lists['decisions'] ?? [] }, terminal);
    case 'mend':
      return mendFiles(line, terminal);
    case 'verify':
      return verify(line, settings, terminal);
    case 'code':
      return tellCode(operand(line, 'KEY'), terminal);
    case 'sign-server':
      return signServer(line, terminal);
    case 'search':
      return searchSite(line, settings, terminal);
    case 'scrub':
      return scrubReleases(line, settings, seenFor(line, settings), terminal);
    case 'prune':
      if (line.operands.length > 0) return pruneCopy(line, settings, terminal);
      return withOffice(settings, terminal, (office) => prune(line, office, settings, terminal));
    case 'mirror':
      return mirrorReleases(line, settings, terminal);
    case 'export':
      return exportSite(line, settings, terminal);
    case 'inspect': {
      const key = hasKey(line, settings) ? trustedKey(line, settings) : undefined;
      return inspect(line, { key, lastSeen: seenFor(line, settings) }, terminal);
    }
    case 'history':
      return withLedger(settings, (ledger) => history(line, settings, ledger, terminal));
    default:
      if (line.values['why'] !== undefined) return explainRebuild(line, settings, terminal);
      return withOffice(settings, terminal, (office) => runOnOffice(line, office, settings, terminal));
  }
}

/** The office where one runs or the ledger in the folder opens; what the work finds must hold without either. */
async function withLedger(settings: Settings, work: (ledger: OpenedLedger) => Promise<number>): Promise<number> {
  const folder = dataFolder(settings.data);
  const running = await connectOffice(folder.socket);
  // Opening makes a database where there is none, which is not for a command that only reads.
  const none = settings.database === '' && !existsSync(join(folder.database, 'database'));
  if (running || none) return work({ office: running });
  let problem = '';
  const back = await openBackOffice({ settings }).catch((error: unknown) => {
    problem = error instanceof Error ? error.message : String(error);
    return undefined;
  });
  if (!back) return work({ problem });
  try {
    return await work({ office: createOffice(back, () => back.startPress()) });
  } finally {
    await back.close();
  }
}

async function runOnOffice(line: CommandLine, office: Office, settings: Settings, terminal: Console): Promise<number> {
  switch (line.command) {
    case 'intake':
      return intake(line, office, terminal);
    case 'publish':
      return publish(line, office, settings, terminal);
    case 'explain': {
      const explanation = await office.explain(operand(line, 'PATH'));
      terminal.json(explanation);
      for (const text of explanationLines(explanation)) terminal.out(text);
      return exit.done;
    }
    case 'key':
      return changeKey(line, office, terminal);
    case 'user':
      return user(line, office, terminal);
    default:
      throw new ChengmenError('arguments-invalid', { problem: line.command });
  }
}

/** The running back office, or one opened for this command under the folder's lock. */
async function withOffice(
  settings: Settings,
  terminal: Console,
  work: (office: Office) => Promise<number>,
): Promise<number> {
  const folder = dataFolder(settings.data);
  const running = await connectOffice(folder.socket);
  if (running) return work(running);
  const back = await openBackOffice({
    settings,
    onPressProgress: pressProgress((message) => {
      terminal.progress(progressLine(message), progressStep(message));
    }),
  });
  try {
    return await work(createOffice(back, () => back.startPress()));
  } finally {
    await back.close();
  }
}

function mendFiles(line: CommandLine, terminal: Console): Promise<number> {
  const { accept, encoding, siblings, report, out, jobs } = line.values;
  const options = { accept, encoding, siblings, report, out, jobs, decisions: line.lists['decisions'] };
  return mendInputs(
    { ...options, operands: line.operands, json: line.json },
    {
      out: (text) => terminal.out(text),
      json: (text) => terminal.jsonText(text),
      progress: (text, step) => terminal.progress(text, step),
      refuse: ({ code, zh, en, todo }) => terminal.say(`✗ ${code}\n  ${zh}${todo.zh}\n  ${en} ${todo.en}`),
    },
  );
}

/** Takes whole sources in: pages, folders, archives, tables, feeds. What cannot be taken in is told and does not stop the rest. */
async function intake(line: CommandLine, office: Office, terminal: Console): Promise<number> {
  if (line.operands.length === 0) throw new ChengmenError('arguments-invalid', { problem: 'chengmen intake SOURCE…' });
  const mapping = line.values['mapping'] === undefined ? undefined : readMapping(line.values['mapping']);
  const report = await runIntake({
    office,
    operands: line.operands,
    mapping,
    channel: line.values['channel'],
    decisions: (line.lists['decisions'] ?? []).map((name) => ({
      name,
      text: Buffer.from(readOrRefuse(name)).toString('utf8'),
    })),
    each: (one) => {
      terminal.json(one);
      if (!line.json) terminal.out(intakeLine(one));
    },
    progress: (text) => terminal.progress(text, ''),
  });
  if (line.values['report'] !== undefined) writeFileSync(line.values['report'], `${JSON.stringify(report, null, 2)}\n`);
  for (const text of intakeSummary(report)) terminal.say(text);
  return report.unreadable > 0 ? exit.failed : report.wrong ? exit.wrong : exit.done;
}

async function changeKey(line: CommandLine, office: Office, terminal: Console): Promise<number> {
  const verb = operand(line, 'rotate|retire');
  if (verb !== 'rotate' && verb !== 'retire')
    throw new ChengmenError('arguments-invalid', { problem: 'chengmen key rotate|retire' });
  const changed = await office.changeKey({ retire: verb === 'retire' });
  const { old, next, retiredAt } = changed;
  terminal.json(changed);
  terminal.out(`旧 old  ${old}\n新 new  ${next}`);
  terminal.out(
    retiredAt === null
      ? '两把同签。把新钥发给离线校验者，各处跟上后 chengmen key retire · Both sign now; hand the new key to those who pin it by hand, then retire the old one'
      : `旧钥自第 ${retiredAt} 版起作废 · From release ${retiredAt} on the old key counts no more`,
  );
  return exit.done;
}

async function user(line: CommandLine, office: Office, terminal: Console): Promise<number> {
  const [verb, username] = line.operands;
  const grants = (line.lists['role'] ?? []).map((given) => {
    const [role = '', channel] = given.split(':');
    return { role, ...(channel === undefined ? {} : { channel }) };
  });
  const known = verb === 'add' || verb === 'grant' || verb === 'revoke' || verb === 'reset' || verb === 'totp';
  if (
    !known ||
    username === undefined ||
    line.operands.length > 2 ||
    (/^(?:add|grant|revoke)$/.test(verb) && grants.length === 0)
  )
    throw new ChengmenError('arguments-invalid', {
      problem: 'chengmen user add|grant|revoke|reset|totp USERNAME --role ROLE[:CHANNEL]…',
    });
  const done: { username: string; password?: string; totp?: string } =
    verb === 'add'
      ? await office.addUser({ username, name: line.values['name'] ?? username, grants })
      : await office.changeUser({ username, change: verb, grants });
  terminal.json(done);
  const shown = done.password ?? done.totp;
  if (shown === undefined) terminal.out(done.username);
  else terminal.out(`${done.username}\t${shown}\n只显示这一次 · shown only now`);
  return exit.done;
}

/**
 * The newest checkpoint this installation's portal has accepted: an older one, or another history, is then named a roll-back.
 * Another key is another site, which this installation's portal has never seen.
 */
function seenFor(line: CommandLine, settings: Settings): { size: number; root: string } | undefined {
  if (line.values['key'] !== undefined) return undefined;
  const file = join(dataFolder(settings.data).portal, 'seen');
  if (!existsSync(file)) return undefined;
  const { size, root } = peekCheckpoint(readFileSync(file));
  return { size, root };
}

async function verify(line: CommandLine, settings: Settings, terminal: Console): Promise<number> {
  const what = operand(line, 'DIR|URL');
  const key = trustedKey(line, settings);
  const seen = seenFor(line, settings);
  const stored = /^https?:\/\//.test(what)
    ? undefined
    : await verifyRelease({
        store: readPlace(what, settings),
        key,
        lastSeen: seen,
        newest: line.flags.includes('newest'),
      });
  const report = stored ?? (await verifySite({ url: what, key, lastSeen: seen }));
  terminal.json(report);
  for (const { code, where, problem } of report.problems) terminal.out(`✗ ${code}\t${where}\t${problem}`);
  for (const text of stored ? goneLines(stored) : []) terminal.out(text);
  terminal.out(
    `${report.ok ? '✓ 校验通过 verified' : `✗ 有 ${report.problems.length} 处不符 problems`}：${report.paths} 个地址 paths，第 ${report.size} 版 release，${report.root}`,
  );
  return report.ok ? exit.done : exit.wrong;
}

/** What is not there because it was taken away, as the signed records say: that is no fault. */
function goneLines({ pruned, erased }: ReleaseReport): string[] {
  return [
    ...pruned.map(
      ({ from, to, at, rule, by, number }) =>
        `－ 第 ${from}—${to} 版 releases　按规则“${rule}”于 ${at} 由 ${by} 清除 pruned　prunings/${number}`,
    ),
    ...erased.map(
      ({ where, at, why, by, number }) => `－ ${where}　${at} 由 ${by} 依法清除 erased：${why}　prunings/${number}`,
    ),
  ];
}

async function tellCode(key: string, terminal: Console): Promise<number> {
  const code = await codeAt(key, stepAt(new Date()));
  terminal.json({ code });
  terminal.out(code);
  return exit.done;
}

function explanationLines(explanation: Explanation): string[] {
  const { served, release, revisions } = explanation;
  return [
    `${explanation.path}`,
    `◀ 提供 served      ${served.status} ${served.type} ${served.size} B sha256 ${served.hash}${served.location === undefined ? '' : ` → ${served.location}`}`,
    `◀ 发布版 release   第 ${release.size} 版，树根 root ${release.root}，${release.origin}，证明 proof ${release.proofBytes} B`,
    `◀ 模板 template    ${explanation.target}，theme ${explanation.theme.slice(0, 16)}，读取 reads ${explanation.reads}`,
    ...revisions.flatMap((revision) => [
      `◀ 修订 revision    ${revision.revision}　${revision.title}　sha256 ${revision.hash.slice(0, 16)}　${revision.author} ${revision.createdAt}`,
      ...revision.reviews.map(
        ({ stage, name, at, hash }) => `  ◀ 审签 ${stage.padEnd(7)} ${name} ${at} sha256 ${hash.slice(0, 16)}`,
      ),
      ...(revision.intake
        ? [
            `  ◀ 采集 intake      ${revision.intake.name}，${revision.intake.mender}，必然 ${revision.intake.places.proved} 可能 ${revision.intake.places.likely} 有据 ${revision.intake.places.stated} 已失 ${revision.intake.places.lost}，人工决定 ${revision.intake.decisions}`,
            `  ◀ 收到的字节 bytes  ${revision.intake.receivedBytes === null ? '不在了 MISSING' : `${revision.intake.receivedBytes} B`} sha256 ${revision.intake.received}`,
          ]
        : []),
    ]),
  ];
}
