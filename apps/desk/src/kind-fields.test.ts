import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { isDocument, kinds, type Kind } from '@chengmen/model';
import { documentFieldNames } from './pages/editor.ts';
import { kindFields, readKindFields, typedField } from './kind-fields.ts';

const round = (kind: Kind, fields: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  readKindFields(
    kind,
    Object.fromEntries((kindFields[kind] ?? []).map((one) => [one.name, typedField(one, fields[one.name], fields)])),
  );

test('kindFields: each field of each kind has its place in the form, and none beside', () => {
  const elsewhere = ['archived', 'mending', 'original'];
  for (const kind of (Object.keys(kinds) as Kind[]).filter(isDocument)) {
    const has = Object.keys(kinds[kind].shape).filter((name) => !elsewhere.includes(name));
    const asked = [...documentFieldNames, ...(kindFields[kind] ?? []).map(({ name }) => name)];
    assert.deepEqual(asked.sort(), has.sort(), kind);
  }
});

test('readKindFields: what is shown is read as it was, whatever signs it holds', () => {
  const service = {
    department: 'dept-a',
    lifeEvent: '开办企业',
    audience: '个人和企业',
    basis: '《条例》第三条\n第四条',
    conditions: ['年满十八岁', '有住所'],
    materials: [{ name: '申请书', form: '原件', copies: 2 }],
    steps: [{ name: '受理', text: '窗口｜网上' }],
    legalDays: 20,
    promisedDays: 0,
    fee: '不收费',
    place: '一号窗',
    hours: '9:00',
    phone: '12345',
  };
  assert.deepEqual(round('service', service), service);
  const project = {
    ...{ code: 'P1', responsible: 'dept-a', place: '江北', investment: '3亿元', stage: '在建', progress: 62.5 },
    parties: [],
    approvals: [{ name: '立项', number: '临发改〔2026〕1号', date: '2026-01-02', body: '发改委' }],
    milestones: [
      { date: '2026-03-01', text: '开工', done: true },
      { date: '2027-03-01', text: '竣工', done: false },
    ],
  };
  assert.deepEqual(round('project', project), project);
  const columns = [
    { name: '年份', type: 'text' },
    { name: '人口', unit: '万人', type: 'number' },
  ];
  const dataset = { department: 'dept-a', period: '2026', updateCycle: '每年', licence: '开放', columns };
  for (const rows of [
    [
      ['2025', 412.5],
      ['2026', null],
    ],
    [['2025｜修订', 412.5]],
    [['2025', 1e21]],
    [['[2025', 3]],
    [[null, '5']],
    [['', 5]],
    [['', null]],
    [
      [' 其中'.slice(1), "'"],
      ['　其中：市区', ''],
    ],
    [
      ['∅\\', '∅'],
      ['a|b\\｜c\n⏎', "'5"],
    ],
    [],
  ])
    assert.deepEqual(round('dataset', { ...dataset, rows }), { ...dataset, rows });
  const typed = { columns: '年份｜｜文字\r\n人口｜万人｜数字', rows: '2025\t412.5\r\n 2026 ｜ \r\n007|—' };
  assert.deepEqual(readKindFields('dataset', typed), {
    columns,
    rows: [
      ['2025', 412.5],
      ['2026', null],
      ['007', '—'],
    ],
  });
  assert.deepEqual(readKindFields('gallery', { pictures: ' a ｜ 甲\r\n\r\nb|乙 ' }), {
    pictures: [
      { picture: 'a', caption: '甲' },
      { picture: 'b', caption: '乙' },
    ],
  });
  const said = fc.array(fc.constantFrom('甲', '\\', '｜', '|', '\t', '⏎', '\n', "'", '[', '{', '1'), { maxLength: 6 });
  fc.assert(
    fc.property(
      fc.array(
        said.map((parts) => parts.join('').trim()),
        { minLength: 3, maxLength: 3 },
      ),
      ([a, b, c]) => {
        const approvals = [{ name: a, number: b, date: '2026-01-02', body: c }];
        assert.deepEqual(round('project', { ...project, approvals }), { ...project, approvals });
        const duties = [a, b, c].filter((one) => one !== '');
        assert.deepEqual(round('leader', { duties, order: 1 }), { duties, order: 1 });
      },
    ),
  );
  assert.throws(() => readKindFields('topic', { blocks: '[{' }), { code: 'invalid-input' });
});
