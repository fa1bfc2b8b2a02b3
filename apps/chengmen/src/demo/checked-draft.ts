import { p } from './markup.ts';
import { notices } from './notices.ts';

const last = notices.find(({ id }) => id === 'notice-elder')?.fields as { readonly body: string } | undefined;

/** A draft the writer has just pasted together from last month's notice: the checks have something to say about it. Nobody submits it. */
export const checkedDraft = {
  id: 'notice-elder-draft',
  kind: 'article',
  fields: {
    title: '关于养老服务补贴预申请的补充通知',
    channel: 'notices',
    date: '2026-11-26 09:00',
    source: '临江市民政局',
    keywords: ['通知公告', '养老'],
    summary: '截止目前各社区已受理咨询410人次，预申请12月1日开始。',
    body:
      (last?.body ?? '') +
      '<h4>补充</h4>' +
      p(
        '自2026年12月1日（星期三）开始。副市长陆知远要求群众反应问题当天答复。',
        '周女士15400138016，<a href="https://forms.example.com/elder">点击这里</a>。',
      ) +
      '<figure><img src="media:picture-rice" alt=""></figure>',
  },
} as const;

/** One of the findings is right as it is, and the writer says why. */
export const letPass = {
  rule: 'link-not-government',
  reason: '报名表由受委托的平台承办，已经市民政局办公室核对。',
} as const;
