import assert from 'node:assert/strict';
import { test } from 'node:test';
import { meant, openIndex, suggest } from './index.ts';
import { initialsOf } from './initials.ts';

const index = openIndex();
index.apply(
  ['住房公积金提取指南', '公积金贷款额度调整', '社会保障卡补办', 'GDP 增长 5%', '银行网点一览'].map((title, at) => ({
    path: `/${at}.html`,
    hash: 'x',
    page: {
      path: `/${at}.html`,
      title,
      date: `2026-11-0${at + 1} 09:30`,
      kind: 'article',
      channel: '/',
      department: '',
      validity: '',
      lines: [title],
    },
  })),
);

test('suggest: titles that begin so come first, in either script and by pinyin initials', () => {
  assert.deepEqual(suggest(index, '公积'), ['公积金贷款额度调整', '住房公积金提取指南']);
  assert.deepEqual(suggest(index, '公積'), ['公积金贷款额度调整', '住房公积金提取指南']);
  assert.deepEqual(suggest(index, 'shbz'), ['社会保障卡补办']);
  assert.deepEqual(suggest(index, '社'), ['社会保障卡补办']);
  assert.deepEqual(suggest(index, 'gd'), ['GDP 增长 5%']);
  for (const nothing of ['', ' ', '\0', '〓〓', '\ud800']) assert.deepEqual(suggest(index, nothing), []);
});

test('meant: what sounds alike, and titles with most of the same', () => {
  assert.deepEqual(meant(index, '公鸡金')[0], '公积金');
  assert.deepEqual(meant(index, '社会保张卡')[0], '社会保障卡');
  assert.ok(meant(index, '住房公积金提现指南').includes('住房公积金提取指南'));
  for (const nothing of ['', '城', '蜃楼海市', '"', '\ud800\ud800']) assert.deepEqual(meant(index, nothing), []);
});

test('meant: the part is cut where it stands, whatever characters come before it', () => {
  const title = '𠮷🙂公积金贷款额度';
  const other = openIndex();
  const page = { path: '/a.html', title, date: '', kind: 'article', channel: '/', department: '', validity: '' };
  other.apply([{ path: '/a.html', hash: 'x', page: { ...page, lines: [title] } }]);
  assert.equal(meant(other, '公鸡金')[0], '公积金');
  other.close();
});

test('initialsOf: one letter for each character of the folded text', () => {
  assert.equal(initialsOf('重庆银行'), 'cqyh');
  assert.equal(initialsOf('GDP 增长5%'), 'gdpzz5%');
  assert.equal(initialsOf('《通知》'), '《tz》');
});
