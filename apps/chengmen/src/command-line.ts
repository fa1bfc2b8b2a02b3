import { parseArgs } from 'node:util';
import { ChengmenError } from '@chengmen/model';
import { settingNames } from './settings.ts';

export const commandNames = [
  'start',
  'mend',
  'intake',
  'publish',
  'hold',
  'resume',
  'verify',
  'scrub',
  'prune',
  'mirror',
  'explain',
  'history',
  'inspect',
  'search',
  'export',
  'statistics',
  'audit',
  'key',
  'sign-server',
  'site',
  'user',
  'code',
  'help',
] as const;
export type CommandName = (typeof commandNames)[number];

export interface CommandLine {
  readonly command: CommandName;
  readonly operands: readonly string[];
  /** Flags that take one value. */
  readonly values: Readonly<Record<string, string | undefined>>;
  /** Flags that may be repeated. */
  readonly lists: Readonly<Record<string, readonly string[]>>;
  /** Flags without a value that were given, besides `--json`. */
  readonly flags: readonly string[];
  readonly json: boolean;
}

const single = [
  'config',
  'key',
  'mode',
  'name',
  'accept',
  'encoding',
  'siblings',
  'report',
  'mapping',
  'channel',
  'out',
  'jobs',
  'root',
  'sample',
  'why',
  'titles',
  'rules',
  'erase',
  'by',
  'year',
  'department',
  'origin',
  ...Object.values(settingNames).map(({ flag }) => flag),
];
const repeated = ['page', 'decisions', 'role'];
const bare = ['self-test', 'nginx', 'update', 'dry-run', 'newest', 'watch', 'prune'];

/** Flags each command knows besides the settings, `--config` and `--json`. */
const own: Record<CommandName, readonly string[]> = {
  start: ['page', 'decisions'],
  mend: ['accept', 'decisions', 'encoding', 'siblings', 'report', 'out', 'jobs'],
  intake: ['decisions', 'mapping', 'channel', 'report'],
  publish: ['dry-run', 'why', 'key'],
  hold: ['why', 'by'],
  resume: ['why', 'by'],
  verify: ['key', 'newest'],
  scrub: ['key'],
  prune: ['rules', 'dry-run', 'erase', 'why', 'by', 'key', 'newest'],
  mirror: ['key', 'newest', 'watch', 'prune'],
  explain: [],
  history: ['key'],
  inspect: ['key', 'sample'],
  search: ['self-test', 'titles', 'sample'],
  export: ['key', 'nginx', 'root', 'update'],
  statistics: ['year', 'channel', 'department'],
  audit: [],
  key: [],
  'sign-server': ['mode', 'origin'],
  site: ['name', 'origin'],
  user: ['name', 'role'],
  code: [],
  help: [],
};

/** Reads a command line. Throws `arguments-invalid`. */
export function readCommandLine(argv: readonly string[]): CommandLine {
  const parsed = parse(argv);
  const [name = 'help', ...operands] = parsed.positionals;
  const command = commandNames.find((known) => known === name);
  if (!command)
    throw new ChengmenError('arguments-invalid', { problem: `没有“${name}”这个命令 (there is no command “${name}”)` });
  if (parsed.values['help'] === true)
    return { command: 'help', operands: [command], values: {}, lists: {}, flags: [], json: false };
  const known = new Set([
    ...own[command],
    'config',
    'json',
    'help',
    ...Object.values(settingNames).map(({ flag }) => flag),
  ]);
  const stray = Object.keys(parsed.values).find((flag) => !known.has(flag));
  if (stray !== undefined)
    throw new ChengmenError('arguments-invalid', {
      problem: `${command} 没有 --${stray} 这个选项 (${command} has no flag --${stray})`,
    });
  const pick = <T>(names: readonly string[], is: (value: unknown) => value is T): Record<string, T> =>
    Object.fromEntries(names.flatMap((flag) => (is(parsed.values[flag]) ? [[flag, parsed.values[flag]]] : [])));
  return {
    command,
    operands,
    values: pick(single, (value): value is string => typeof value === 'string'),
    lists: pick(repeated, (value): value is string[] => Array.isArray(value)),
    flags: bare.filter((flag) => parsed.values[flag] === true),
    json: parsed.values['json'] === true,
  };
}

function parse(argv: readonly string[]): { values: Record<string, unknown>; positionals: string[] } {
  try {
    return parseArgs({
      args: [...argv],
      allowPositionals: true,
      options: {
        json: { type: 'boolean' },
        help: { type: 'boolean', short: 'h' },
        ...Object.fromEntries(bare.map((flag) => [flag, { type: 'boolean' as const }])),
        ...Object.fromEntries(single.map((flag) => [flag, { type: 'string' as const }])),
        ...Object.fromEntries(repeated.map((flag) => [flag, { type: 'string' as const, multiple: true }])),
      },
    });
  } catch (error) {
    throw new ChengmenError('arguments-invalid', { problem: error instanceof Error ? error.message : String(error) });
  }
}

export const helpText = `城门 Chengmen

  chengmen start [--page FILE]… [--decisions FILE]…
      启动门户、工作台和窗口；第一次启动建立演示城市。--page 把一张旧网页采集、修复、三审并上线；
      --decisions 给出人工决定（docs/formats/decisions.md）。
      Starts portal, desk and counter; the first start makes the demo city. --page takes an old page the whole way.
  chengmen mend FILE|DIR|PATTERN|-… [--accept likely[=P]] [--decisions FILE] [--siblings DIR] [--encoding LABEL]
                [--report FILE.html] [--out DIR] [--jobs N]
      修复受损网页，列出每一处；--report 写出逐处对照的网页，--siblings 用同站其他网页补公共部分。
      Mends damaged pages and lists every place; --report writes a page to judge by, --siblings learns from a site's other pages.
  chengmen intake SOURCE… [--channel ID] [--mapping FILE] [--decisions FILE] [--report FILE.json]
      把旧网页采集为草稿，等待三审。SOURCE：网页、文件夹、通配符、WARC、CSV/XLSX/JSONL 表格（配 --mapping）、RSS/Atom。
      --channel 是草稿所在的栏目；--mapping 也可按旧地址、旧栏目名分派栏目（docs/formats/mapping.md）。
      --channel: where the drafts stand; --mapping can also send pages to channels by their old address or breadcrumb.
      中断后重跑，不漏不重。Takes old pages in as drafts: pages, folders, patterns, web archives, tables, feeds; safe to run again.
  chengmen publish [--dry-run] [--why PATH]
      把已审定而未发布的内容付印上线（平时自动进行）。--dry-run 只说会重排哪些地址、定了哪些时；--why 说明一页最近一次为什么重排。
      Presses and promotes what is approved; it happens by itself while start runs. --dry-run only tells what would be
      rendered and what is scheduled, --why which read of a page had changed when it was last rendered.
  chengmen hold [N|now --why REASON --by NAME]
  chengmen resume --why REASON --by NAME
      紧急时不经工作台：退回第 N 版（now：停在最新一版）并封存，不再发布，批准的都等着；resume 解除并补上。平时在工作台由两人办理。
      不带 N 只说现在是否封存，封存时退出码 1，供监控用。
      For an emergency, without the desk: puts release N in force again (now: the newest) and publishes nothing until resume,
      which catches up. Without N it tells whether the site is held, and ends with 1 where it is.
  chengmen verify DIR|s3://BUCKET/PREFIX|URL [--key FILE|STRING] [--newest]
      用公钥校验发布文件夹、存储桶或正在运行的门户；--newest 只校验最新一版。
      Checks releases or a running portal against the pinned key; --newest: the newest release alone.
  chengmen scrub [DIR|s3://…]…
      通读本机的发布库，坏掉的从副本、镜像补回；须先停止 start。
      Reads everything the releases need and puts back what rotted from copies or mirrors; stop start first.
  chengmen prune [--rules FILE] [--dry-run] [--by NAME]
      按留存规则清除旧发布版；不调用就什么也不删。规则见 docs/formats/retention.md，没有 --rules 用数据文件夹里的 retention.json，
      再没有就全留十年。--dry-run 只说会删什么、每一版为什么留。
      Takes away releases the rules need not keep; nothing goes unless this is called. --dry-run tells what would go and why the rest stays.
  chengmen prune --erase HASH|PATH --why ORDER --by NAME [--dry-run]
      依法清除一页的旧版（或一段内容）的字节；证明仍然有效，清除本身有签名记录。正在线上的不能清除。
      Erases older versions of a page by order of law; proofs go on holding, the erasure is signed for. Never what is live.
  chengmen prune PLACE [--newest] [--dry-run]
      在镜像或副本上照它已收到的记录清除。Carries out on a mirror or copy what the records it holds say.
  chengmen mirror FROM TO [--newest] [--watch] [--prune] [--key FILE|STRING]
      把发布库拉到 TO，只拉缺的，逐字节校验，不接受回退和分叉。FROM：文件夹、s3://…、门户网址（只有最新一版）；TO：文件夹、s3://…。
      --newest 只要最新一版；--watch 持续跟随；--prune 原库清除的也清除（依法清除的总是清除）。门户可以从镜像文件夹提供服务。
      Pulls what TO lacks, every byte verified; refuses roll-back and forks. FROM: a folder, a bucket, a portal's URL (newest
      release alone). --newest: without the older ones; --watch: goes on; --prune: what FROM has pruned goes too (what was
      erased always does). A portal can serve from a mirrored folder.
  chengmen explain PATH
      从页面一路追到审签和收到的原始字节。Prints the chain from a served page back to approvals and received bytes.
  chengmen history PATH
      一页在各版发布中的每个版本：哪一版起、修订与审签、文字改动。Every version of a page over the releases, with what changed.
  chengmen inspect URL [--key FILE|STRING] [--sample N]
      从外面查看一个网站：签名、安全响应头、标签、站点地图、链接，抽查 N 页。Looks at a running site from outside.
  chengmen search WORDS…
  chengmen search --self-test [--titles all|newest|random] [--sample N]
      检索正在运行的网站。--self-test 逐个原样检索标题，列出不在结果首页的（每夜自动进行）；默认最新和随机各 200 个。
      Searches the running site. --self-test searches titles verbatim and lists those that are not on the first page of
      results (done every night); 200 of the newest and 200 at random, or as told.
  chengmen export DIR [--nginx] [--root DIR] [--update]
      导出可直接托管的静态文件，连同压缩形式和校验地址。--nginx 另写 nginx 配置；--root 是主机上的位置；--update 换掉以前的导出。
      Writes a static tree with compressed forms and proofs. --nginx adds its configuration, --root says where it will stand.
  chengmen statistics recompute [FOLDER…]
      由门户的访问日志重算浏览量，与计数并列保存，列出每天的差。Counts views again from the portal's access log, day by day.
  chengmen statistics draft --channel ID --department ID
      把截至昨天的访问、栏目、设备、来源、信息和来信数字写成数据集送审；三审通过后显示在“访问统计”页。可每夜定时运行。
      Hands the figures up to yesterday to the reviewers as data sets; once approved they stand on the page of visit statistics.
  chengmen statistics report [--year YYYY]
      政府网站年度工作报表中可由查询得出的各项。The fields of the yearly work report that are known by query.
  chengmen audit verify [FILE…]
      逐条校验账本的事件链；给出工作台“带证明导出”的文件时只校验文件，不用数据库，几个文件互相核对（docs/formats/audit.md）。
      Verifies the chain of events; given files exported at the desk, those alone, without the database, and against one another.
  chengmen key rotate|retire
      更换签名密钥：rotate 起新旧两把同签，并由旧钥签署声明；各处校验者跟上后 retire，旧钥作废。见 docs/key-change.md。
      Changes the signing key: rotate lets both sign and says so under the old one; retire ends the old one.
  chengmen sign-server KEYFILE SOCKET [--mode 660] [--origin HOST/PATH]
      单独保管签名密钥：只签本站日志顺延下去的检查点，别的一概不签。start --signer SOCKET 用它。
      Keeps the signing key in a process of its own: it signs checkpoints that go on from its last one, and nothing else.
  chengmen site add ID --name NAME --origin HOST/PATH [--portal-port N] [--counter-port N] [--releases PLACE] [--signer SOCKET]
      再建一个网站：有自己的内容、栏目、密钥、发布库和端口，同一个工作台、同一个后台。--origin 是它的检查点的名称，不能与别的网站相同。
      Makes one more site with content, channels, key, releases and ports of its own, under the same desk and back office.
  chengmen site list
      列出所有网站。其他命令用 --site ID 指明是哪一个，不指明就是第一个。Lists the sites; other commands take --site ID.
  chengmen user add USERNAME --name NAME --role ROLE[:CHANNEL]…
      建立账号，口令只显示一次；第一个安全管理员就这样建立。Makes an account, the first security administrator too; its password is shown once.
  chengmen user grant|revoke USERNAME --role ROLE[:CHANNEL]…
      授予或收回角色：全站，或一个栏目及其下。Gives or takes roles, for the site or for a channel and what is below it.
  chengmen user reset|totp USERNAME
      换一个新口令；totp 另发一个身份验证器密钥，原有的作废。A new password; with totp a new key for an authenticator, in place of earlier factors.
  chengmen code KEY
      没有手机时，由密钥算出此刻的六位验证码。The six digits an authenticator would show for a key now.

  --json 标准输出只有 JSON (standard output is JSON and nothing else)
  --data --site --database-url --releases --signer --host --portal-port --desk-port --counter-port --metrics-port
  --portal-workers --trusted-proxies --schedule-late-minutes --desk-url --breached-passwords --link-checks --intake-folder --config   见 README (see the README)
  退出码 exit codes: 0 完成 done · 1 完成但有问题 done, and something is wrong · 2 无法执行 could not run
`;
