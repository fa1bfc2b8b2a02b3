import assert from 'node:assert/strict';
import { test } from 'node:test';
import { compareWords, type Stretch } from './compare-words.ts';

const shown = (all: readonly Stretch[]): string =>
  all.map(({ was, text }) => (was === 'same' ? text : was === 'added' ? `{+${text}+}` : `[-${text}-]`)).join('');

test('compareWords: Chinese is compared by words, not by characters or whole sentences', () => {
  assert.equal(
    shown(compareWords('施工期间沿江步道封闭，行人请绕行。', '施工期间沿江步道开放，行人不必绕行。')),
    '施工期间沿江步道[-封闭-]{+开放+}，行人[-请-]{+不必+}绕行。',
  );
  assert.equal(shown(compareWords('全长4.8公里', '全长5.2公里')), '全长[-4.8-]{+5.2+}公里');
});

test('compareWords: both texts can be read off, whatever they are', () => {
  const texts = ['', '一', '〔2026〕12号', '甲，乙，丙', '丙，乙', 'a b\nc', '😀城门', '\ud800', '甲'.repeat(5000)];
  for (const before of texts)
    for (const after of texts) {
      const all = compareWords(before, after);
      const side = (not: string): string =>
        all
          .filter(({ was }) => was !== not)
          .map(({ text }) => text)
          .join('');
      assert.equal(side('added'), before);
      assert.equal(side('removed'), after);
    }
});

test('compareWords: a mark between two changes does not part them', () => {
  assert.equal(shown(compareWords('市长、副市长出席', '书记、副书记出席')).includes('-]{+'), true);
  assert.equal(shown(compareWords('一二，三四好', '五六，七八好')), '[-一二，三四-]{+五六，七八+}好');
});
