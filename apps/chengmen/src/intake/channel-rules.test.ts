import assert from 'node:assert/strict';
import { test } from 'node:test';
import { channelOf, type ChannelRules } from './channel-rules.ts';

const rules: ChannelRules = {
  otherwise: 'restored',
  rules: [
    { address: '/xw/', breadcrumb: '图片新闻', channel: 'pictures' },
    { address: '/xw/', channel: 'news' },
    { address: 'old.example.gov.cn/gg', channel: 'notices' },
    { breadcrumb: '政策解读', channel: 'interpretations' },
  ],
};
const crumbs = (...names: readonly string[]) => names.map((text) => ({ text, hijacked: false }));

test('channelOf takes the first rule of which all fits, else the channel of the run', () => {
  const of = (address: string | undefined, ...names: readonly string[]) =>
    channelOf(rules, { address, breadcrumb: crumbs(...names) });
  assert.equal(of('/xw/1.html', '首页', '图片新闻'), 'pictures');
  assert.equal(of('https://any.example.gov.cn/xw/1.html', '首页'), 'news');
  assert.equal(of('http://old.example.gov.cn/gg/1.html'), 'notices');
  assert.equal(of('http://new.example.gov.cn/gg/1.html'), 'restored');
  assert.equal(of(undefined, '首页', '政策解读', '正文'), 'interpretations');
  assert.equal(of('/zt/xw/1.html', '政策'), 'restored');
});

test('channelOf does not go by a name that was put over another', () => {
  const breadcrumb = [{ text: '政策解读', hijacked: true }];
  assert.equal(channelOf(rules, { address: undefined, breadcrumb }), 'restored');
});
