import type { FieldsOf } from '@chengmen/model';
import { demo, type DemoItem } from './types.ts';

type Channel = FieldsOf<'channel'>;

function channel(
  id: string,
  name: string,
  parent: string | null,
  position: number,
  layout: Channel['layout'],
  type: string,
  description: string,
  more: Partial<Channel> = {},
): DemoItem {
  return demo('channel', id, {
    name,
    segment: id,
    parent,
    position,
    layout,
    type,
    description,
    keywords: ['临江市', name],
    navigation: true,
    ...more,
  });
}

/** The tree of channels, parents first. Their names are those of a portal everybody knows, adapted to 临江. */
export const channels: readonly DemoItem[] = [
  channel('about', '走进临江', null, 1, 'landing', '概况信息', '介绍临江的市情、领导、机构和历史。'),
  channel('city-facts', '城市概况', 'about', 1, 'list', '概况信息', '位置、区划、人口、气候和来历。', {
    segment: 'facts',
  }),
  channel('leaders', '领导之窗', 'about', 2, 'people', '领导信息', '市政府领导的姓名、职务和分工。'),
  channel(
    'departments',
    '政府机构',
    'about',
    3,
    'departments',
    '机构职能',
    '市政府各部门的职责、地址、电话和办公时间。',
  ),
  channel('news', '新闻中心', null, 2, 'landing', '政务动态', '发布临江市政务要闻、通知公告和图片新闻。'),
  channel('headlines', '要闻动态', 'news', 1, 'list', '政务动态', '市政府重要工作和重要会议。', {
    update: 'two-weeks',
  }),
  channel('notices', '通知公告', 'news', 2, 'list', '通知公告', '需要市民和企业知晓的通知、公告和公示。', {
    update: 'six-months',
  }),
  channel('pictures', '图片新闻', 'news', 3, 'pictures', '政务动态', '用图片记录城市。'),
  channel('videos', '视频', 'news', 3.5, 'pictures', '政务动态', '配字幕和文字稿的短片。'),
  channel('topics', '专题专栏', 'news', 5, 'topics', '专题专栏', '一件大事，从头到尾放在一起看。'),
  channel(
    'restored',
    '旧页修复',
    'news',
    4,
    'list',
    '网页归档',
    '从旧网站采集、修复并重新审定的网页，缺字以〓标示，并附修复说明。',
    { navigation: false },
  ),
  channel(
    'disclosure',
    '政府信息公开',
    null,
    3,
    'landing',
    '信息公开',
    '公开指南、公开制度、法定主动公开内容和年度报告。',
  ),
  channel(
    'policies',
    '政策文件',
    'disclosure',
    1,
    'policies',
    '政策文件',
    '市政府及市政府办公室印发的规范性文件和其他文件。',
  ),
  channel(
    'interpretations',
    '政策解读',
    'disclosure',
    2,
    'list',
    '政策解读',
    '对政策文件的文字解读和问答解读，与文件双向关联。',
  ),
  channel('foi-guide', '公开指南', 'disclosure', 3, 'list', '信息公开指南', '怎样查找和申请政府信息。', {
    segment: 'guide',
  }),
  channel('foi-reports', '年度报告', 'disclosure', 4, 'list', '信息公开年报', '政府信息公开工作年度报告。', {
    segment: 'reports',
  }),
  channel(
    'projects',
    '重大项目',
    'disclosure',
    5,
    'projects',
    '重大建设项目',
    '重大建设项目的审批、参建单位、进展和节点。',
  ),
  channel('services', '政务服务', null, 4, 'services', '办事服务', '按人生大事和办理部门查找办事指南。'),
  channel('interaction', '政民互动', null, 5, 'landing', '互动交流', '来信答复、意见征集和常见问答。'),
  channel('letters', '来信选登', 'interaction', 1, 'letters', '留言公开', '经来信人同意公开的来信和答复，姓名已隐去。'),
  channel('consultations', '意见征集', 'interaction', 2, 'list', '征集调查', '重要决策公开征求意见及结果反馈。'),
  channel('faq', '常见问答', 'interaction', 3, 'list', '咨询问答', '市民问得最多的问题和答案。'),
  channel('opendata', '数据开放', null, 6, 'datasets', '数据开放', '可以预览、下载和自由使用的公共数据。'),
  channel('statistics', '数据发布', null, 7, 'list', '统计信息', '经济运行、统计公报和价格信息。'),
];
