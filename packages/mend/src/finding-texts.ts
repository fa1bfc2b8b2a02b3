import type { Alarm, Mechanism } from './types.ts';

interface Text {
  readonly zh: string;
  readonly en: string;
}

/** How a page was hurt, in the words of the person who judges the repair. */
export const mechanismTexts: Readonly<Record<Mechanism, Text>> = {
  none: { zh: '没有受损', en: 'not hurt' },
  'cp936-round-trip': {
    zh: '被 PHP（5.4–8.0）当作 GBK 转码再转回',
    en: 'taken for GBK and converted there and back by PHP 5.4–8.0',
  },
  'cp936-round-trip-php52': {
    zh: '被 PHP（5.2、5.3）当作 GBK 转码再转回',
    en: 'taken for GBK and converted there and back by PHP 5.2 or 5.3',
  },
  'cp936-round-trip-php8': {
    zh: '被 PHP（8.1 以后）当作 GBK 转码再转回',
    en: 'taken for GBK and converted there and back by PHP 8.1 or later',
  },
  'utf-8-read-as-latin1': { zh: 'UTF-8 被当作 Latin-1 读出', en: 'UTF-8 read as Latin-1' },
  'utf-8-read-as-gbk': { zh: 'UTF-8 被当作 GBK 读出', en: 'UTF-8 read as GBK' },
  'utf-8-read-as-gb18030': { zh: 'UTF-8 被当作 GB18030 读出', en: 'UTF-8 read as GB18030' },
  'utf-8-read-as-big5': { zh: 'UTF-8 被当作 Big5 读出', en: 'UTF-8 read as Big5' },
  'gbk-read-as-latin1': { zh: 'GBK 被当作 Latin-1 读出', en: 'GBK read as Latin-1' },
  'gbk-read-as-big5': { zh: 'GBK 被当作 Big5 读出', en: 'GBK read as Big5' },
  'big5-read-as-latin1': { zh: 'Big5 被当作 Latin-1 读出', en: 'Big5 read as Latin-1' },
  'big5-read-as-gbk': { zh: 'Big5 被当作 GBK 读出', en: 'Big5 read as GBK' },
  'gbk-replaced': { zh: 'GBK 被当作 UTF-8 读出，变成替换符', en: 'GBK read as UTF-8, replaced by U+FFFD' },
  'gbk-replaced-twice': { zh: 'GBK 变成“锟斤拷”', en: 'GBK turned into 锟斤拷' },
  'foreign-stretches': {
    zh: '完好的网页里混入另一种编码的文字',
    en: 'a sound page with text put in in another encoding',
  },
  'mixed-encodings': { zh: '一个文件里有两种编码', en: 'two encodings in one file' },
  unknown: { zh: '原因不明', en: 'for reasons unknown' },
};

/** What an alarm says. */
export const alarmTexts: Readonly<Record<Alarm['kind'], Text>> = {
  'foreign-encoding': { zh: '混入另一种编码的文字', en: 'text in another encoding' },
  'replacement-characters': { zh: '替换符，文字已失', en: 'replacement characters: text is lost' },
  'gambling-phrase': { zh: '赌博用语', en: 'words of betting' },
  'porn-phrase': { zh: '色情用语', en: 'words of pornography' },
  'pinyin-in-brackets': { zh: '括号里的拼音', en: 'pinyin in brackets' },
  'title-mismatch': { zh: '标题与正文不符', en: 'a title that is not the page’s' },
  'brand-swap': { zh: '机构名称被替换', en: 'the name of an organisation was swapped' },
  'hidden-link': { zh: '看不见的链接', en: 'links that cannot be seen' },
  'foreign-script': { zh: '外来脚本', en: 'a script from elsewhere' },
  'cloaking-script': { zh: '因人而异的脚本', en: 'a script that shows engines and visitors different things' },
  'meta-refresh': { zh: '跳转到别处', en: 'a refresh that leads elsewhere' },
  'foreign-iframe': { zh: '外来框架', en: 'a frame from elsewhere' },
};
