import type { Transporter } from 'nodemailer';

export interface MailOptions {
  /** `smtp://user:password@host:587`, `smtps://…`. */
  readonly url: string;
  /** Whom it comes from: `工作台 <desk@example.cn>`. */
  readonly from: string;
}

export type SendMail = (mail: {
  readonly to: string;
  readonly subject: string;
  readonly text: string;
}) => Promise<void>;

/** Mail by SMTP: plain text, one recipient, headers made by the library. */
export function createMailer({ url, from }: MailOptions): SendMail {
  /** Opened for the first mail: most processes send none. */
  let transport: Promise<Transporter> | undefined;
  return async ({ to, subject, text }) => {
    transport ??= import('nodemailer').then(({ createTransport }) => createTransport(url, { from }));
    await (await transport).sendMail({ from, to, subject, text, disableFileAccess: true, disableUrlAccess: true });
  };
}
