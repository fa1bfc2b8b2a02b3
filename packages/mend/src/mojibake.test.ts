import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import fc from 'fast-check';
import { codePageBytes, decodeCodePage } from './codecs.ts';
import { accept, mend, replay } from './index.ts';
import type { Mechanism, MendResult } from './index.ts';
import { fromBytes, toBytes } from './utf8.ts';

const paragraph =
  '临江市荷花节将于6月18日开幕，市民可乘坐12路公交车前往。<br />\n节日期间，环湖路禁止机动车通行；请提前安排出行时间。';
const source = `<html><head><title>荷花节交通安排</title></head><body><h1>关于荷花节期间交通安排的通告</h1>\n<p>${paragraph}</p></body></html>`;
const traditional =
  '<html><head><title>荷花節交通安排</title></head><body><h1>關於荷花節期間交通安排的通告</h1>\n<p>臨江市荷花節將於六月十八日開幕，市民可乘坐公車前往，環湖路禁止機動車通行。</p></body></html>';

const windows = new TextDecoder('windows-1252');
const asLatin1 = (bytes: Uint8Array): string => windows.decode(bytes);
const asGbk = (text: string): Uint8Array => codePageBytes('gb18030', text) ?? assert.fail('not GBK');
const asBig5 = (text: string): Uint8Array => codePageBytes('big5', text) ?? assert.fail('not Big5');

function received(text: string): MendResult {
  const bytes = toBytes(text);
  const result = mend({ name: 'page', bytes });
  assert.equal(replay(result, bytes), result.html);
  assert.equal(mend({ name: 'again', bytes: toBytes(result.html) }).html, result.html, 'mending again changes nothing');
  return result;
}

describe('mend on wrong readings that kept every byte', () => {
  const layers = (text: string, times: number): string =>
    times === 0 ? text : layers(asLatin1(toBytes(text)), times - 1);
  const readings: readonly [Mechanism, string, string][] = [
    ['utf-8-read-as-latin1', layers(source, 1), source],
    ['utf-8-read-as-latin1', layers(source, 2), source],
    ['utf-8-read-as-latin1', layers(source, 3), source],
    ['gbk-read-as-latin1', asLatin1(asGbk(source)), source],
    ['big5-read-as-latin1', asLatin1(asBig5(traditional)), traditional],
    ['big5-read-as-gbk', decodeCodePage('gb18030', asBig5(traditional)), traditional],
    [
      'gbk-read-as-big5',
      decodeCodePage('big5', asGbk('<p>博物馆免费开放，报名不分先后，办法见公告。</p>')),
      '<p>博物馆免费开放，报名不分先后，办法见公告。</p>',
    ],
  ];
  for (const [mechanism, text, original] of readings) {
    test(`mend undoes ${mechanism} exactly (${text.length} characters)`, () => {
      assert.ok(!text.includes('\ufffd'), 'the reading kept every byte');
      const result = received(text);
      assert.equal(result.html, original);
      assert.deepEqual([result.encoding.mechanism, result.verdict, result.plan.length], [mechanism, 'mended', 0]);
    });
  }

  test('mend undoes UTF-8 read as GBK where all runs are of even length', () => {
    const even = '<p>临江市荷花节敬请光临</p>';
    const text = decodeCodePage('gb18030', toBytes(even));
    assert.ok(!text.includes('\ufffd'));
    const result = received(text);
    assert.deepEqual([result.html, result.verdict], [even, 'mended']);
    assert.match(result.encoding.mechanism, /^utf-8-read-as-gb/);
  });
});

describe('mend on wrong readings that lost bytes', () => {
  const marks = { 'U+FFFD': '\ufffd', 'a question mark': '?', nothing: '' };
  for (const [name, mark] of Object.entries(marks)) {
    test(`mend brings back UTF-8 read as GBK, ${name} for what was lost`, () => {
      const result = received(decodeCodePage('gb18030', toBytes(source)).replaceAll('\ufffd', mark));
      assertFits(result.html, source);
      assert.equal(result.verdict, 'gaps');
      assert.ok(result.plan.every(({ class: kind, after }) => kind !== 'proved' || source.includes(after)));
      assertCandidates(result, source);
    });

    test(`mend brings back UTF-8 read as windows-1252, ${name} for its five empty codes`, () => {
      const result = received(asLatin1(toBytes(source)).replace(/[\u0080-\u009f]/g, mark));
      assertFits(result.html, source);
      assert.equal(result.encoding.mechanism, 'utf-8-read-as-latin1');
      assertCandidates(result, source);
      assert.ok(
        result.plan
          .filter(({ rule }) => rule === 'reread-byte-lost')
          .every(({ candidates }) => candidates.length <= 10),
      );
    });
  }

  test('mend puts back a tag whose `<` went with a lost byte', () => {
    const text = decodeCodePage('gb18030', toBytes(source)).replace(/\ufffd[\x21-\x3f]/g, '?');
    const result = received(text);
    for (const tag of ['</title>', '</h1>', '<br />', '</p>']) assert.ok(result.html.includes(tag), tag);
    assert.doesNotMatch(result.html, /[^<]\/(?:p|h1|title)>/);
  });

  test('mend marks what became U+FFFD or 锟斤拷 as gaps and says so once', () => {
    const replaced = fromBytes(asGbk(source));
    for (const [text, mechanism] of [
      [replaced, 'gbk-replaced'],
      [decodeCodePage('gb18030', toBytes(replaced)), 'gbk-replaced-twice'],
    ] as const) {
      const result = mend({ name: 'page', bytes: toBytes(text) });
      assert.deepEqual([result.encoding.mechanism, result.verdict, result.alarms.length], [mechanism, 'gaps', 1]);
      assert.match(result.html, /<title>〓<\/title>/);
      assert.doesNotMatch(result.html, /[锟斤拷\ufffd]/);
    }
  });
});

/** The mended text with each gap standing for one to three characters. */
function assertFits(html: string, original: string): void {
  const pattern = html.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('〓', '[^]{1,3}');
  assert.match(original, new RegExp(`^${pattern}$`, 'u'));
}

/** What stood in each gap is among its candidates more often than not. */
function assertCandidates(result: MendResult, original: string): void {
  const open = result.plan.filter(({ class: kind }) => kind === 'likely');
  const told = open.filter(({ candidates }) => candidates.some(({ text }) => original.includes(text)));
  assert.ok(told.length * 2 >= open.length, `${told.length} of ${open.length}`);
  assertFits(accept(result, { atLeast: 0.98 }).html, original);
}

describe('mend on pages that were read wrongly in part', () => {
  test('mend repairs a title from elsewhere and leaves the rest', () => {
    for (const wrong of [
      asLatin1(toBytes('荷花节交通安排表')),
      decodeCodePage('gb18030', toBytes('荷花节交通安排表')),
    ]) {
      const result = received(source.replace('荷花节交通安排<', `${wrong}<`));
      assert.equal(result.html, source.replace('荷花节交通安排<', '荷花节交通安排表<'));
      assert.deepEqual([result.verdict, result.plan.map(({ rule }) => rule)], ['mended', ['reread']]);
    }
  });
});

describe('mend on texts that only look so', () => {
  const untouched = [
    '<p>“锟斤拷”是一种常见的乱码，锟斤拷锟斤拷锟斤拷出现在页面上时，多半是编码转换出了错。</p>',
    '<p>Café déjà vu, naïve façade, Ångström, ÀÉÈÊ — señor, über, São Paulo</p>',
    '<p>龘靐齉爩鱻麤灪籱龖虋 是一些笔画很多的字。</p>',
    '<p>垚犇骉骎喆嘉昊睿 是学生姓名用字，另有㛃、䶮、𠮷。</p>',
    '<p>5×£35, É…, VOCÊ…, ±5℃, §3, ©2026 临江市</p>',
    '<p>Привет, мир! Ελληνικά 日本語のページ 한국어 ภาษาไทย</p>',
    '<td>α</td><td>β</td><td>Ω</td><td>Å</td><td>µ</td><td>²</td>',
  ];
  for (const html of untouched) {
    test(`mend leaves ${html.slice(3, 15)}… as it is`, () => {
      const result = received(html);
      assert.deepEqual([result.html, result.verdict], [html, 'clean']);
    });
  }

  test('mend changes no text of everyday Chinese', () => {
    const common = [
      ...'的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形相全表间样与关各重新线内数正心反你明看原又么利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先回则任取据处理世车',
    ]; //
    fc.assert(
      fc.property(
        fc.array(
          fc.constantFrom(...common, '，', '。', '“', '”', '—', '《', '》', ' ', '<p>', '</p>', '2026', 'GDP', '\n'),
          { maxLength: 60 },
        ),
        (parts) => {
          const text = parts.join('');
          const result = mend({ name: 'text', bytes: toBytes(text) });
          assert.notEqual(result.encoding.mechanism.includes('-read-as-'), true);
        },
      ),
      { numRuns: 300 },
    );
  });
});

const corpus = process.env['CHENGMEN_CORPUS'];

describe('mend on collected mojibake', { skip: corpus ? false : 'CHENGMEN_CORPUS is not set' }, () => {
  interface Case {
    readonly label: string;
    readonly original: string;
    readonly fixed: string;
    readonly 'fixed-encoding'?: string;
    readonly expect: 'pass' | 'fail';
  }
  const cases = (name: string): Case[] =>
    JSON.parse(readFileSync(join(corpus ?? '', 'mojibake', `${name}.json`), 'utf8')) as Case[];
  const mended = (text: string): string => mend({ name: 'case', bytes: toBytes(text) }).html;
  const plainQuotes = (text: string): string => text.replace(/[‘’]/g, "'").replace(/[“”]/g, '"').normalize('NFC');

  test('mend changes no negative case', () => {
    for (const { label, original } of cases('negative')) assert.equal(mended(original), original, label);
  });

  test('mend reads the Chinese, Japanese and Korean names of languages', () => {
    for (const { label, original, fixed } of cases('language-names')) {
      if (/Chinese|Japanese|Korean/.test(label)) assert.equal(mended(original), fixed, label);
    }
  });

  /** Cases whose labels name these families and whose damage is another. */
  const exceptions: Readonly<Record<string, string>> = {
    'Latin-1 / Windows-1252 mixup in German':
      'control characters of Latin-1 where windows-1252 has quotes: nothing was read as UTF-8',
    'Left quote is UTF-8, right quote is Latin-1, both encoded in Windows-1252': 'the same of one of the quotes',
    'Inconsistent UTF-8 / Latin-1 mojibake': 'the same of the last sign',
    'Synthetic: curly quotes with mismatched encoding glitches in Latin-1': 'the same of the last signs',
    'Latin-1 / Windows-1252 mixup of the replacement character':
      'what came back would be U+FFFD, and one of them is no evidence',
    'CESU-8 / Windows-1252 emoji': 'CESU-8 was read, not UTF-8',
    'CESU-8 / Latin-1 emoji': 'CESU-8 was read, not UTF-8',
    'CESU-8 / Latin-1 mixup over several emoji': 'CESU-8 was read, not UTF-8',
    'UTF-8 / Windows-1252 followed by UTF-8 / Windows-1251': 'windows-1251 was read last',
    'UTF-8 / Windows-1252 mixup in mixed French and Arabic':
      'single accents within a Western text that has honest signs too',
  };

  test('mend undoes what was UTF-8 read as Latin-1 or windows-1252, but for the exceptions, and changes no negative of them', () => {
    const families = [...cases('in-the-wild'), ...cases('synthetic')].filter(
      ({ label, expect }) => expect === 'pass' && /Windows-1252|Latin-1|negative/.test(label),
    );
    const wrong = families.filter(({ original, fixed, ...wanted }) => {
      return plainQuotes(mended(original)) !== plainQuotes(wanted['fixed-encoding'] ?? fixed);
    });
    assert.ok(families.length >= 30, `${families.length} cases`);
    assert.deepEqual(wrong.map(({ label }) => label).sort(), Object.keys(exceptions).sort());
  });
});
