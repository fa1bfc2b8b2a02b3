import { gatherNotices, type Gathering, type NoticeContent } from './gather-notices.ts';
import type { SendMail } from './send-mail.ts';
import { sendWebhook, type WebhookOptions } from './send-webhook.ts';
import type { NoticeTables } from './tables.ts';

export interface KeepNotices extends Omit<Gathering, 'canMail'> {
  /** Where people reach the desk. */
  readonly desk: string;
  readonly siteName: () => Promise<string>;
  /** Without it no mail is sent. */
  readonly mail?: SendMail;
  readonly webhooks: WebhookOptions;
  readonly onError?: (error: unknown) => void;
  /** Calls back after so many milliseconds, and answers how to call that off. For tests. */
  readonly wait?: (milliseconds: number, then: () => void) => () => void;
}

const minute = 60_000;
/** After so many attempts it is given up: some ten hours. */
const mostAttempts = 8;
const delay = (attempts: number): number => minute * 2 ** attempts * 2;
const mostAtOnce = 50;
const claimedFor = 10 * minute;

/** Looks for what is to be told after each commit and each minute, and tells it; what fails is tried again, less and less often. */
export function keepNotices(options: KeepNotices): {
  readonly look: () => Promise<void>;
  readonly close: () => Promise<void>;
} {
  const { ledger, site, onError, wait = waitByTimer } = options;
  let stop = (): void => undefined;
  let closed = false;
  let looking: Promise<void> | undefined;
  let again = false;
  const work = async (): Promise<void> => {
    do {
      again = false;
      try {
        await gatherNotices({ ...options, canMail: options.mail !== undefined });
        await sendDue(options);
      } catch (error) {
        if (!closed) onError?.(error);
      }
    } while (again && !closed);
  };
  const look = (): Promise<void> => {
    stop();
    again = true;
    looking ??= work().finally(() => {
      looking = undefined;
      if (!closed) stop = wait(minute, () => void look());
    });
    return looking;
  };
  const deaf = ledger.onCommit((committed) => {
    if (committed === site && !closed) void look();
  });
  void look();
  return {
    look,
    close: async () => {
      closed = true;
      deaf();
      stop();
      await looking;
    },
  };
}

async function sendDue(options: KeepNotices): Promise<void> {
  const { ledger, site, clock } = options;
  const tables = ledger.db.withTables<NoticeTables>();
  const due = await tables
    .selectFrom('notice')
    .innerJoin('notice_choice', (join) =>
      join.onRef('notice_choice.site', '=', 'notice.site').onRef('notice_choice.account', '=', 'notice.account'),
    )
    .select(['id', 'way', 'content', 'attempts', 'next_at', 'mail', 'webhook', 'secret'])
    .where('notice.site', '=', site)
    .where('state', '=', 'waiting')
    .where('next_at', '<=', clock().toISOString())
    .orderBy('id')
    .limit(mostAtOnce)
    .execute();
  for (const { id, way, content, attempts, next_at: was, ...to } of due) {
    if (!(await claim(options, id, was))) continue;
    const problem = await send(options, way, JSON.parse(content) as NoticeContent, to);
    const next = problem === undefined ? 'sent' : attempts + 1 >= mostAttempts ? 'failed' : 'waiting';
    await tables
      .updateTable('notice')
      .set({
        ...{ state: next, attempts: attempts + 1, problem: problem ?? null },
        next_at: new Date(clock().getTime() + delay(attempts)).toISOString(),
      })
      .where('id', '=', id)
      .execute();
  }
}

/** Two processes do not send the same; one that dies while it sends leaves it to be sent again. */
async function claim({ ledger, clock }: KeepNotices, id: number, was: string): Promise<boolean> {
  const claimed = await ledger.db
    .withTables<NoticeTables>()
    .updateTable('notice')
    .set({ next_at: new Date(clock().getTime() + claimedFor).toISOString() })
    .where('id', '=', id)
    .where('state', '=', 'waiting')
    .where('next_at', '=', was)
    .returning('id')
    .executeTakeFirst();
  return claimed !== undefined;
}

/** What went wrong, or undefined. Errors of libraries may hold addresses and passwords: their code alone is kept. */
async function send(
  options: KeepNotices,
  way: 'mail' | 'webhook',
  content: NoticeContent,
  to: { readonly mail: string; readonly webhook: string; readonly secret: string },
): Promise<string | undefined> {
  const address = options.desk + content.path;
  try {
    if (way === 'webhook') {
      if (to.webhook === '') return undefined;
      const body = JSON.stringify({ ...content, address, site: options.site });
      await sendWebhook(to.webhook, { body, secret: to.secret }, options.webhooks);
    } else if (to.mail !== '' && options.mail) {
      const { subject, text } = wordsOf(content, address, await options.siteName());
      await options.mail({ to: to.mail, subject, text });
    }
    return undefined;
  } catch (error) {
    const { code, message } = error as { code?: unknown; message?: unknown };
    return typeof code === 'string' ? code : way === 'webhook' ? String(message).slice(0, 100) : 'failed';
  }
}

const happened: Record<NoticeContent['what'], { zh: string; en: string }> = {
  review: { zh: '等您审核', en: 'waits for your review' },
  returned: { zh: '被退回，请修改', en: 'came back to you' },
  approved: { zh: '已审定', en: 'was approved' },
  remark: { zh: '有新的批注', en: 'has a new remark' },
  alarms: { zh: '里有被篡改的痕迹，请看告警', en: 'holds traces of a hijack: see its alarms' },
};

function wordsOf({ what, title }: NoticeContent, address: string, siteName: string): { subject: string; text: string } {
  const { zh, en } = happened[what];
  const named = title.replaceAll(/\s+/g, ' ');
  return {
    subject: `【${siteName}】${zh}：${named}`,
    text: `“${named}”${zh}。\n“${named}” ${en}.\n\n${address}\n\n不想再收到，请在工作台“我的账号”里清空邮箱。\nTo stop these, clear the address at the desk under your account.\n`,
  };
}

function waitByTimer(milliseconds: number, then: () => void): () => void {
  const timer = setTimeout(then, milliseconds).unref();
  return () => {
    clearTimeout(timer);
  };
}
