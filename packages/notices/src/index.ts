import { readMigrations } from '@chengmen/ledger';

export { chooseNotices, type NoticesChosen } from './commands/choose-notices.ts';
export { keepNotices, type KeepNotices } from './keep-notices.ts';
export { noticeChoice, type NoticeChoice } from './notice-choice.ts';
export { createMailer, type MailOptions, type SendMail } from './send-mail.ts';
export type { NoticeTables } from './tables.ts';

/** The tables of this room. */
export const noticeMigrations = readMigrations('notices', new URL('../sql/', import.meta.url));
