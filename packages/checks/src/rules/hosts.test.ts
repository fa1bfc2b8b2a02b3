import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hostOf, isInside, isInsideAddress4, isInsideAddress6 } from './hosts.ts';

test('isInsideAddress4: everything that is not the public internet', () => {
  for (const inside of '0.0.0.0 10.1.2.3 100.64.0.1 127.0.0.1 127.255.255.255 169.254.169.254 172.16.0.1 172.31.255.255 192.0.0.1 192.0.2.1 192.168.0.1 198.18.0.1 198.51.100.1 203.0.113.9 224.0.0.1 255.255.255.255'.split(
    ' ',
  ))
    assert.ok(isInsideAddress4(inside), inside);
  for (const outside of '1.1.1.1 100.63.0.1 100.128.0.1 172.15.0.1 172.32.0.1 192.167.1.1 198.20.0.1 223.5.5.5'.split(
    ' ',
  ))
    assert.ok(!isInsideAddress4(outside), outside);
});

test('isInsideAddress6: the same, and version 4 inside version 6', () => {
  for (const inside of ':: ::1 ::ffff:127.0.0.1 ::ffff:10.0.0.1 ::ffff:7f00:1 fe80::1 fe80::1%eth0 fc00::1 fd12::1 ff02::1 2001:db8::1 2002:7f00:1:: 2001::1 64:ff9b::10.0.0.1 x :::1 1:2'.split(
    ' ',
  ))
    assert.ok(isInsideAddress6(inside), inside);
  for (const outside of ['2400:3200::1', '2606:4700:4700::1111', '::ffff:1.1.1.1', '64:ff9b::1.1.1.1'])
    assert.ok(!isInsideAddress6(outside), outside);
});

test('hostOf: as a browser reads it', () => {
  assert.equal(hostOf('HTTP://WWW.GOV.CN:80/a'), 'www.gov.cn');
  assert.equal(hostOf('//www.gov.cn./'), 'www.gov.cn');
  assert.equal(hostOf('http://user@2130706433/'), '127.0.0.1');
  assert.equal(hostOf('http://０x7f.1/'), '127.0.0.1');
  for (const stays of ['/a', 'a/b', 'item:x', 'mailto:a@b', '#a', 'http://', 'http://[::1', ''])
    assert.equal(hostOf(stays), undefined);
});

test('isInside: names and addresses nobody outside can open', () => {
  for (const inside of ['localhost', 'oa', 'a.local', 'x.internal', '[::1]', '192.168.1.1'])
    assert.ok(isInside(inside), inside);
  for (const outside of ['www.gov.cn', '1.1.1.1', '[2400:3200::1]']) assert.ok(!isInside(outside), outside);
});
