import assert from 'node:assert/strict';
import { test } from 'node:test';
import { documentNumber, documentNumberRule } from './document-number.ts';

test('documentNumberRule: brackets of any kind round a year become 〔〕; other brackets stay', () => {
  const typed = (text: string): string =>
    text.replace(documentNumberRule.find, (...match) => documentNumberRule.write(match as never));
  for (const given of ['[2026]12号', '［2026］12号', '(2026) 12 号', '（2026）012号', '【2026】12号'])
    assert.equal(typed(`临政发${given}`), '临政发〔2026〕12号', given);
  for (const given of ['[26]12号', '[2026]12', '（2026年）12号']) assert.equal(typed(given), given);
  assert.equal(documentNumber(' 临政办发 ', '2026', '007'), '临政办发〔2026〕7号');
});
