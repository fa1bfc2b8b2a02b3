import assert from 'node:assert/strict';
import { test } from 'node:test';
import { kinds, type FieldsOf } from '@chengmen/model';
import { sections } from './settings-sections.ts';
import { typedOf, valuesIn } from './typed-form.ts';

const site: FieldsOf<'site'> = {
  ...{ name: '临江', shortName: '临江', englishName: 'Linjiang', domain: 'a.example', origin: 'https://a.example' },
  ...{ identificationCode: '9901000001', icp: '苏ICP备99000001号', policeFiling: '苏公网安备 99010002000001号' },
  ...{ conac: 'C0DEC0DEC0DEC0DEC0DEC0DEC0DEC0DE', sponsor: '办', organiser: '局', copyright: '府', phone: '0999' },
  ...{ email: 'a@a.example', address: '路', postcode: '990000', home: { focus: 'news', blocks: [] } },
  statistics: { at: '03:10', channel: 'opendata', department: 'dept-data' },
  search: {
    synonyms: Array.from({ length: 150 }, (_, at) => [`公积金${at}`, `住房公积金${at}`]),
  },
  traditional: { variant: 'hk', names: [{ simplified: '于谦', traditional: '于謙' }] },
  security: { contact: 'security@a.example', expires: '2027-06-30' },
};

test('sections: each, typed as it stands, leaves the settings as they were; the order for figures goes when it is emptied', () => {
  for (const [name, { fields, from, with: into }] of Object.entries(sections)) {
    const again = into(site, valuesIn(fields, typedOf(fields, from(site, []))));
    assert.deepEqual(again, site, name);
  }
  const names = (...lines: string[]): boolean =>
    kinds.site.safeParse(sections['traditional']?.with(site, { variant: 'tw', names: lines })).success;
  assert.deepEqual([names('于谦＝于謙', '9300只 = 9300隻'), names('于谦'), names('=于謙')], [true, false, false]);
  assert.equal('traditional' in (sections['traditional']?.with(site, {}) ?? site), false);
  const { with: into } = sections['statistics'] ?? assert.fail();
  assert.equal('statistics' in into(site, {}), false);
  assert.equal(kinds.site.safeParse(into(site, { at: '00:01', channel: 'a', department: 'b' })).success, false);
  assert.equal(kinds.site.safeParse(into(site, { at: '00:05', channel: 'a', department: 'b' })).success, true);
});
