import assert from 'node:assert/strict';
import { test } from 'node:test';
import { blockKinds, ChengmenError, type Block, type BlockKind } from '@chengmen/model';
import { blockForms, blockIn, emptyBlock, typedBlock } from './block-forms.ts';
import type { Form } from './desk-forms.ts';
import { acted, pageFormOf, readPageForm, type PageForm } from './page-form.ts';
import type { TypedField } from './typed-form.ts';

/** One of each kind, every field filled. */
const whole: Readonly<Record<BlockKind, Block>> = {
  focus: { show: 'focus', channel: 'news' },
  channel: { show: 'channel', channel: 'notices', count: 3, title: '通知' },
  services: { show: 'services', channel: 'services', count: 8, title: '办事' },
  policies: { show: 'policies', policies: 'p', interpretations: 'i', count: 2 },
  interaction: { show: 'interaction', letters: 'l', consultations: 'c', questions: 'q' },
  items: { show: 'items', title: '精选', as: 'cards', items: ['one', 'two'] },
  text: { show: 'text', title: '说明', paragraphs: ['第一段。', '第二段。'] },
  pictures: {
    show: 'pictures',
    title: '图',
    pictures: [{ picture: 'p1', caption: '桥', address: '/news/' }, { picture: 'p2' }],
  },
  links: { show: 'links', title: '入口', links: [{ name: '写信', note: '五日内', address: 'https://a.example/' }] },
  facts: { show: 'facts', title: '数', facts: [{ name: '人口', value: '480 万' }] },
  figures: { show: 'figures', dataset: 'd', by: 'row', count: 4, title: '空气' },
  timeline: {
    show: 'timeline',
    title: '节点',
    events: [
      { date: '2026-11-01', text: '开工', done: true },
      { date: '2027-01-01', text: '完工', done: false },
    ],
  },
  list: { show: 'list', title: '全部' },
};

/** What a browser sends of a form. */
function sent({ head, blocks }: PageForm): Form {
  const form: Record<string, string | string[]> = { block: blocks.map(({ key }) => key) };
  const put = (prefix: string, typed: PageForm['head']): void => {
    for (const [name, value] of Object.entries(typed)) {
      if (typeof value === 'string') form[`${prefix}.${name}`] = value;
      else {
        form[`${prefix}.${name}`] = value.map(({ key }) => key);
        for (const row of value)
          for (const [part, text] of Object.entries(row.typed)) form[`${prefix}.${name}.${row.key}.${part}`] = text;
      }
    }
  };
  put('page', head);
  for (const { key, show, typed } of blocks) {
    form[`${key}.show`] = show;
    put(key, typed);
  }
  return form;
}

const kindsOf = ({ blocks }: PageForm): string[] => blocks.map(({ show }) => show);
const allowed = Object.keys(blockKinds) as BlockKind[];
const noHead: readonly TypedField[] = [];

test('blockForms: every kind goes into its form, through a browser and out of it as it was', () => {
  const form = pageFormOf({}, Object.values(whole));
  const read = readPageForm(sent(form), noHead);
  assert.deepEqual(read.blocks.map(blockIn), Object.values(whole));
});

test('blockForms: each names the fields its kind has, and no others', () => {
  for (const [kind, { fields }] of Object.entries(blockForms))
    assert.deepEqual(
      fields.map(({ name }) => name).sort(),
      Object.keys(blockKinds[kind as BlockKind].shape)
        .filter((name) => name !== 'show')
        .sort(),
      kind,
    );
});

test('blockIn: what is empty is left out, so that the model says what is missing', () => {
  for (const kind of allowed) {
    const read = blockKinds[kind].safeParse(blockIn(emptyBlock(kind, 'b1')));
    assert.equal(read.success, kind === 'focus' || kind === 'list', kind);
  }
  const spaces = typedBlock({ show: 'text', title: ' ', paragraphs: ['', ' '] }, 'b1');
  assert.deepEqual(blockIn(spaces), { show: 'text' });
});

test('acted: moves, adds and takes out blocks and rows, keeps what was typed, and stops at the ends', () => {
  const page = pageFormOf({}, [whole.text, whole.links, whole.facts]);
  const act = (action: string, add = 'text', from = page): PageForm =>
    acted(from, action, { add, allowed })?.page ?? assert.fail(action);
  assert.deepEqual(kindsOf(act('up:b2')), ['links', 'text', 'facts']);
  assert.deepEqual(kindsOf(act('down:b2')), ['text', 'facts', 'links']);
  assert.deepEqual(kindsOf(act('up:b1')), kindsOf(page));
  assert.deepEqual(kindsOf(act('down:b3')), kindsOf(page));
  assert.deepEqual(kindsOf(act('remove:b1')), ['links', 'facts']);
  assert.deepEqual(kindsOf(act('add', 'timeline')), [...kindsOf(page), 'timeline']);
  const keys = act('add', 'text', act('add', 'text')).blocks.map(({ key }) => key);
  assert.equal(new Set(keys).size, keys.length);
  const more = act('row-add:b2:links');
  assert.equal((more.blocks[1]?.typed['links'] as readonly unknown[]).length, 2);
  assert.deepEqual(more.blocks.map(blockIn), page.blocks.map(blockIn), 'an empty row is none');
  assert.deepEqual(blockIn(act('row-remove:b2:links:r1').blocks[1]!), { show: 'links', title: '入口' });
  const items = pageFormOf({}, [whole.items]);
  assert.deepEqual(blockIn(act('take:b1:items:three', '', items).blocks[0]!)['items'], ['one', 'two', 'three']);
  assert.deepEqual(blockIn(act('row-up:b1:items:r2', '', items).blocks[0]!)['items'], ['two', 'one']);
  assert.equal(acted(page, 'save', { add: '', allowed }), undefined);
});

test('acted: no more blocks than a page has, and none the page does not take', () => {
  const full = pageFormOf(
    {},
    Array.from({ length: 30 }, () => whole.text),
  );
  assert.equal(acted(full, 'add', { add: 'text', allowed })?.page.blocks.length, 30);
  const page = pageFormOf({}, [whole.text]);
  for (const add of ['list', 'script', '__proto__', 'constructor'])
    assert.equal(acted(page, 'add', { add, allowed: ['text'] })?.page.blocks.length, 1, add);
});

test('readPageForm: what no form of ours sends is refused or is nothing', () => {
  assert.deepEqual(readPageForm({ block: ['b1'], 'b1.show': 'toString' }, noHead).blocks, []);
  for (const block of [['<b>'], ['__proto__'], Array.from({ length: 500 }, (_, at) => `b${at}`)])
    assert.throws(() => readPageForm({ block }, noHead), ChengmenError);
});
