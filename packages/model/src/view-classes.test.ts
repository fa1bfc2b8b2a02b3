import assert from 'node:assert/strict';
import { test } from 'node:test';
import { deviceOf, isPage, isRobot, originOf, viewedPage } from './view-classes.ts';

const windows =
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
const iphone = 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 Safari/604.1';
const android = 'Mozilla/5.0 (Linux; Android 14; V2309A) AppleWebKit/537.36 Chrome/120.0 Mobile Safari/537.36';
const pad = 'Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 Chrome/120.0 Safari/537.36';

test('isRobot knows those who say so, and no browser', () => {
  for (const agent of [
    '',
    'Mozilla/5.0 (compatible; Baiduspider/2.0)',
    'bingbot/2.0',
    'curl/8.5.0',
    'python-requests/2',
  ])
    assert.equal(isRobot(agent), true, agent);
  for (const agent of [windows, iphone, android, pad]) assert.equal(isRobot(agent), false, agent);
});

test('deviceOf tells phones, tablets and computers apart', () => {
  assert.deepEqual([windows, iphone, android, pad, 'Nokia'].map(deviceOf), [
    'computer',
    'phone',
    'phone',
    'tablet',
    'other',
  ]);
});

test('originOf classes the host before, this site first', () => {
  const own = ['www.linjiang.example', '127.0.0.1:8080'];
  const cases = {
    '': 'direct',
    'www.linjiang.example': 'inside',
    '127.0.0.1:8080': 'inside',
    'www.baidu.com': 'search',
    'cn.bing.com': 'search',
    'www.google.com.hk': 'search',
    'so.toutiao.com': 'search',
    'www.beijing.gov.cn': 'government',
    'www.gov.cn': 'government',
    'weibo.com': 'social',
    'mp.weixin.qq.com': 'social',
    'gov.cn.evil.example': 'other',
    'notbaidu.com': 'other',
  };
  for (const [host, expected] of Object.entries(cases)) assert.equal(originOf(host, own), expected, host);
});

test('viewedPage: editions of a page are one page', () => {
  assert.deepEqual(viewedPage('/news/a.html'), { path: '/news/a.html', edition: 'standard' });
  assert.deepEqual(viewedPage('/zh-hant/news/a.html'), { path: '/news/a.html', edition: 'traditional' });
  assert.deepEqual(viewedPage('/zh-hant/elder/'), { path: '/', edition: 'elder' });
  assert.deepEqual(viewedPage('/elderly/'), { path: '/elderly/', edition: 'standard' });
  assert.deepEqual(['/', '/a.html', '/assets/a.css', '/feed.xml'].map(isPage), [true, true, false, false]);
});
