import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mediaFields, type TakenFile } from '@chengmen/media';
import { pdfFile, wordFile, workbookFile } from './office-files.ts';
import { photograph } from './photograph.ts';
import { demo, type DemoItem } from './types.ts';

interface HandedIn {
  readonly id: string;
  readonly name: string;
  readonly title: string;
  readonly alt: string;
  readonly bytes: () => Uint8Array | Promise<Uint8Array>;
  /** Of a film: nothing reads it from the bytes. */
  readonly shape?: { readonly width: number; readonly height: number };
}

const film = (ending: string): Uint8Array => readFileSync(join(import.meta.dirname, 'film', `river-day.${ending}`));

/** Files the writers of the demonstration upload, made by code. */
const files: readonly HandedIn[] = [
  {
    id: 'file-policy-01-form',
    name: '临江市新材料产业补助申请表.docx',
    title: '临江市新材料产业补助申请表',
    alt: '',
    bytes: () =>
      wordFile('临江市新材料产业补助申请表', [
        '依据：临政发〔2026〕12号。请用正楷填写，一式一份。',
        [
          ['企业名称', '', '统一社会信用代码', ''],
          ['申请事项', '研发 / 中试 / 首用 / 投产 / 引才', '申请金额（万元）', ''],
          ['联系人', '', '联系电话', ''],
        ],
        '本企业承诺所填内容真实，愿意接受核查。',
        '（盖章）　　　　年　　月　　日',
      ]),
  },
  {
    id: 'file-policy-01-guide',
    name: '新材料产业若干措施一页通.pdf',
    title: '新材料产业若干措施一页通',
    alt: '',
    bytes: () =>
      pdfFile('新材料产业若干措施一页通', [
        '支持研发：增加部分的20%，每年最高300万元。',
        '支持中试：服务收入的30%，每年最高150万元。',
        '支持首用：首批合同到账金额的15%，每个产品最高200万元。',
        '支持投产：设备投资额的8%，累计最高1000万元。',
        '引进人才：每人每年6万元，连续三年。',
        '以临政发〔2026〕12号文件正文为准。',
      ]),
  },
  {
    id: 'file-statistics-2026-q3',
    name: '2026年前三季度主要指标.xlsx',
    title: '2026年前三季度主要指标',
    alt: '',
    bytes: () =>
      workbookFile('前三季度', [
        ['指标', '前三季度', '同比（%）'],
        ['地区生产总值（亿元）', 1962.4, 5.8],
        ['第一产业增加值（亿元）', 94.6, 3.9],
        ['第二产业增加值（亿元）', 921.3, 6.7],
        ['第三产业增加值（亿元）', 946.5, 5.2],
        ['社会消费品零售总额（亿元）', 688.9, 5.0],
        ['一般公共预算收入（亿元）', 142.7, 4.3],
      ]),
  },
  {
    id: 'photo-mist',
    name: 'IMG_20261114_0641.jpg',
    title: '澜水晨雾',
    alt: '江面上浮着晨雾，太阳刚从远山后面升起，四重山影一层比一层淡。',
    bytes: photograph,
  },
  {
    id: 'film-river-day',
    name: '江上一日.webm',
    title: '江上一日',
    alt: '',
    bytes: () => film('webm'),
    shape: { width: 640, height: 360 },
  },
  { id: 'film-river-day-captions', name: '江上一日.vtt', title: '江上一日字幕', alt: '', bytes: () => film('vtt') },
  {
    id: 'photo-river-day',
    name: '江上一日.webp',
    title: '江上一日剧照',
    alt: '老城门立在江边，门洞亮着灯；一条红色渡船正驶向江心，太阳挂在远山上。',
    bytes: () => film('webp'),
  },
];

type Take = (
  bytes: AsyncIterable<Uint8Array>,
  about: { readonly name: string; readonly alt: string },
) => Promise<TakenFile>;

/** Hands the files in the way the desk does, and answers their media items. */
export async function handIn(take: Take): Promise<readonly DemoItem<'media'>[]> {
  const items: DemoItem<'media'>[] = [];
  for (const { id, name, title, alt, bytes, shape } of files) {
    const taken = await take(inOnePiece(await bytes()), { name, alt });
    items.push(demo('media', id, { ...mediaFields(taken, title), ...shape }));
  }
  return items;
}

async function* inOnePiece(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield await Promise.resolve(bytes);
}
