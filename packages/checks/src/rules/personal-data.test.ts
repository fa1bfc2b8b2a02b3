import assert from 'node:assert/strict';
import { test } from 'node:test';
import { context, found, whole } from '../testing/whole.ts';
import { checkContent } from '../index.ts';

const id = '11010519491231002X';
const card = '6222020000000000000';

test('personalData: numbers of persons, in sentences, tables and every way of grouping', () => {
  const cases: Record<string, string> = {
    [`身份证号${id}，`]: 'id-number',
    '身份证：１１０１０５１９４９１２３１００２Ｘ': 'id-number',
    '身份证号110105 19491231 002X': 'id-number',
    '身份证号码：110105491231002': 'id-number',
    [`卡号${card}`]: 'bank-card',
    '卡号 6222 0200 0000 0000 000': 'bank-card',
    '银行卡4111-1111-1111-1111': 'bank-card',
    张某15400138016: 'phone-number',
    '张某 154-0013-8016': 'phone-number',
    '张某：+86 15400138016': 'phone-number',
    张某8615400138016: 'phone-number',
    '15400138016/15400139017': 'phone-number',
  };
  for (const [text, rule] of Object.entries(cases)) assert.equal(found(`<p>${text}</p>`)[0]?.[0], rule, text);
  assert.deepEqual(
    found(`<table><tr><th>姓名</th><th>联系电话</th></tr><tr><td>张某</td><td>15400138016</td></tr></table>`),
    [['phone-number', 'must', '15400138016']],
  );
});

test('personalData: what only looks like one', () => {
  for (const text of [
    '154****8016，110105********002X，6222********0000',
    '110105194912310021',
    '统一社会信用代码11320400014109440X、91320400MA1N3X5K7T',
    '项目代码2018-320412-48-03-541234',
    '索引号11441700007280420Y/2021-00050',
    '圆周率3.1415926535897932384',
    '投资15400138016.50元',
    '文件sha256：15400138016abcdef',
    '服务热线12345、0519-85680000、4008123456',
    '13812345678901234567890123456',
    '2026-11-20 09:30',
    '4111111111111111',
    'http://www.gov.cn/a/15400138016.html',
  ])
    assert.deepEqual(found(`<p>${text}</p>`), [], text);
});

test('personalData: a mobile number to be called is milder than one of a list', () => {
  assert.deepEqual(found('<p>联系人：陈工，咨询电话15400138016。</p>'), [['phone-number', 'should', '15400138016']]);
  assert.deepEqual(found('<p>获奖者张某，15400138016。</p>'), [['phone-number', 'must', '15400138016']]);
});

test('personalData: the number as it may be published is proposed', () => {
  const suggestion = (body: string): string | undefined => checkContent('article', whole(body), context)[0]?.suggestion;
  assert.equal(suggestion(`<p>${id}</p>`), '110105********002X');
  assert.equal(suggestion('<p>张某15400138016</p>'), '154****8016');
  assert.equal(suggestion(`<p>${card}</p>`), '6222***********0000');
});
