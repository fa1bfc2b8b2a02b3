import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clientOf, networkOf } from './client-address.ts';

test('clientOf believes X-Forwarded-For only as far as trusted addresses wrote it', () => {
  const client = clientOf(['127.0.0.1', '10.0.0.0/8', '2001:db8:f::/48']);
  const cases: readonly (readonly [peer: string, forwarded: string | undefined, client: string])[] = [
    ['203.0.113.9', '1.2.3.4', '203.0.113.9'],
    ['127.0.0.1', undefined, '127.0.0.1'],
    ['127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['::ffff:127.0.0.1', '203.0.113.9', '203.0.113.9'],
    ['127.0.0.1', '1.2.3.4, 203.0.113.9, 10.9.9.9', '203.0.113.9'],
    ['127.0.0.1', '10.1.1.1', '10.1.1.1'],
    ['127.0.0.1', '203.0.113.9:4711', '203.0.113.9'],
    ['127.0.0.1', '[2001:db8::1]:4711', '2001:db8::1'],
    ['2001:db8:f::1', '2001:db8::2', '2001:db8::2'],
    ['127.0.0.1', 'unknown', '127.0.0.1'],
    ['127.0.0.1', '1.2.3.4, unknown', '127.0.0.1'],
    ['127.0.0.1', '0x7f.1', '127.0.0.1'],
    ['127.0.0.1', '', '127.0.0.1'],
    ['', '1.2.3.4', ''],
    ['127.0.0.1', Array.from({ length: 5000 }, () => '10.0.0.1').join(','), '10.0.0.1'],
  ];
  for (const [peer, forwarded, expected] of cases)
    assert.equal(client(peer, forwarded), expected, `${peer} ${forwarded?.slice(0, 60)}`);
  assert.equal(clientOf([])('127.0.0.1', '1.2.3.4'), '127.0.0.1', 'nobody is trusted unless named');
});

test('clientOf refuses what is no network', () => {
  for (const wrong of ['proxy', '10.0.0.0/33', '10.0.0.0/', '10.0.0.0/-1', '::/129', '10.0.0', ''])
    assert.throws(() => clientOf([wrong]), RangeError, wrong);
});

test('networkOf leaves out what tells one household from another', () => {
  const cases = [
    ['203.0.113.9', '203.0.113.0/24'],
    ['::ffff:203.0.113.9', '203.0.113.0/24'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1::/48'],
    ['::1', '::/48'],
    ['', ''],
    ['nobody', ''],
  ] as const;
  for (const [address, network] of cases) assert.equal(networkOf(address), network, address);
});
