import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { dayOf, formatRecord, parseRecord, referrerHost, type AccessRecord } from './access-record.ts';

const record: AccessRecord = {
  time: Date.UTC(2026, 10, 23, 16, 0, 0, 5),
  client: '203.0.113.0/24',
  method: 'GET',
  path: '/c1/',
  status: 200,
  bytes: 12,
  ms: 0.25,
  coding: 'gzip',
  referrer: 'www.example.com',
  agent: 'Mozilla/5.0',
};

test('formatRecord writes one line of JSON with the time in China', () => {
  assert.equal(
    formatRecord(record),
    '{"time":"2026-11-24T00:00:00.005+08:00","client":"203.0.113.0/24","method":"GET","path":"/c1/","status":200,"bytes":12,"ms":0.25,"coding":"gzip","referrer":"www.example.com","agent":"Mozilla/5.0"}',
  );
  assert.equal(dayOf(record.time), '2026-11-24');
  assert.equal(dayOf(record.time - 6), '2026-11-23');
});

test('formatRecord: no character of a request ends or opens a line', () => {
  const hostile = fc.string({ unit: 'binary', maxLength: 300 });
  fc.assert(
    fc.property(hostile, hostile, hostile, (path, agent, referrer) => {
      const line = formatRecord({ ...record, path, agent, referrer });
      assert.doesNotMatch(line, /[\n\r\0]/);
      const read = parseRecord(Buffer.from(line).toString());
      assert.deepEqual(read, { ...record, path, agent, referrer });
    }),
  );
  const forged = '"}\n{"time":"2026-01-01T00:00:00.000+08:00","path":"/forged"';
  assert.equal(formatRecord({ ...record, agent: forged }).split('\n').length, 1);
});

test('formatRecord keeps no more of a request than a line should have', () => {
  const line = formatRecord({ ...record, path: `/${'a'.repeat(9000)}`, agent: 'b'.repeat(9000) });
  assert.ok(line.length < 3000);
});

test('parseRecord refuses what is no record', () => {
  const whole = formatRecord(record);
  for (const wrong of [
    '',
    '{}',
    '[]',
    'null',
    '1',
    whole.slice(0, -1),
    whole.replace('200', '"200"'),
    whole.replace('2026', 'x'),
  ])
    assert.equal(parseRecord(wrong), undefined, wrong);
});

test('referrerHost tells the host and nothing else', () => {
  const cases = [
    [undefined, ''],
    ['https://user:word@www.example.com:8443/a?name=secret', 'www.example.com:8443'],
    ['http://[::1]/', '[::1]'],
    ['javascript:alert(1)', ''],
    ['http://', ''],
    ['android-app://some.app/', ''],
  ] as const;
  for (const [referrer, host] of cases) assert.equal(referrerHost(referrer), host, referrer);
});
