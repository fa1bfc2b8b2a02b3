import { newTally, type Counted, type Tally } from '@chengmen/html';

/** Something that did not come along as it was, how often, and the beginning of the first one. */
export type Loss = Counted;

/** The gravest first. */
const names = {
  missing: ['没有随文字粘贴过来的图片，请另行插入', 'pictures that did not come along'],
  deleted: ['修订中标为删除的文字（已去掉）', 'text marked as deleted (left out)'],
  comment: ['批注（已去掉）', 'comments of reviewers (left out)'],
  drawing: ['图形、文本框', 'drawings and text boxes'],
  formula: ['公式（只留下文字）', 'formulas (their text is kept)'],
  renumbered: [
    '不是 1、2、3 的自动编号（导入后变为 1、2、3，请核对）',
    'numbers other than 1, 2, 3 (they have become 1, 2, 3)',
  ],
  numbering: ['自动编号改为文字', 'automatic numbers made text'],
  note: ['脚注移到所注文字之后', 'footnotes put behind their words'],
  stranger: ['站外图片（公众看不到，请上传）', 'pictures from elsewhere (not shown to the public)'],
  underline: ['下划线', 'underline'],
  strike: ['删除线', 'strike-through'],
  colour: ['颜色、底色', 'colours'],
  alignment: ['居中、居右', 'alignment'],
  font: ['字体、字号', 'fonts and sizes'],
} as const;
type LossName = keyof typeof names;
export type Losses = Tally<LossName>;

/** Each picture that is missing is named; of everything else the first tells enough. */
export function newLosses(): Losses {
  return newTally<LossName>(names, (name) => (name === 'missing' ? 20 : 1));
}

/** Losses somebody else counted, under the names used here. */
export function countedLosses(counts: Readonly<Record<string, number>>): Loss[] {
  return (Object.keys(names) as LossName[]).flatMap((name) => {
    const [zh, english] = names[name];
    const count = counts[name] ?? 0;
    return count > 0 ? [{ zh, english, count, sample: '' }] : [];
  });
}
