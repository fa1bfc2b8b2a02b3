import { p } from './markup.ts';
import { demo, type DemoItem } from './types.ts';

export const videos: readonly DemoItem[] = [
  demo('video', 'video-river-day', {
    title: '江上一日：第一班渡船',
    channel: 'videos',
    date: '2026-11-17 08:30',
    source: '临江市文化广电和旅游局',
    summary: '十二秒看一条江怎样天亮：太阳、渡船和老城门。无声，配中文字幕。',
    keywords: ['视频', '澜水'],
    image: 'photo-river-day',
    video: 'film-river-day',
    captions: 'film-river-day-captions',
    duration: 12,
    body: p('短片由演示程序逐帧绘制，不是实拍。它走的是真实短片走的路：上传、三审、按段取用，不打开就不下载。'),
    transcript: [
      '（全片没有声音。）',
      '画面：天还没有全亮，江面是暗红色的，左岸是老城门的剪影，远处两重山。',
      '字幕：清晨六点，太阳从澜水对岸的远山后面升起。',
      '画面：一条白舱红身的渡船离开左岸，向右驶去，江水一层一层地亮起来。',
      '字幕：六点半，第一班渡船离开小码头。',
      '画面：城门的门洞由暗转亮。',
      '字幕：七点，老城门开了，灯还亮着。',
      '画面：天空变成淡蓝色，太阳升到半空，渡船到了江心偏右的地方。',
      '字幕：天亮了，船到江心。',
    ].join('\n'),
  }),
];
