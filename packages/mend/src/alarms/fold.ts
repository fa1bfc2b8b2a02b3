/** A text as it is compared with the vocabulary, each unit with its place in what was given. */
export interface Folded {
  readonly text: string;
  /** `at[i]`: where unit `i` of `text` comes from, in UTF-16 units; one entry more for the end. */
  readonly at: readonly number[];
  /** Some disguise was taken off: invisible characters, width, Traditional forms, signs between the characters. */
  readonly disguised: boolean;
}

const traditional =
  '亞博體育開雲華會愛遊戲樂魚娛場網註冊彩賽車時龍鳳國際銀澳門葡貝發財電競萬達鑽莊閒聯賭經驗億環遠點錄陸賬號應機線真萬寶盤賠滿獎碼資料計劃願陽濠皇歐優運贏馬紅藍視頻約無裸黃聊級偷內騷歡樂氣愽淨頁戶棊牌虛擬槓桿買賣圓輪骰撲與個來這對過義麗爾頭豐亨興財業務單廳東南';
const simplified =
  '亚博体育开云华会爱游戏乐鱼娱场网注册彩赛车时龙凤国际银澳门葡贝发财电竞万达钻庄闲联赌经验亿环远点录陆账号应机线真万宝盘赔满奖码资料计划愿阳濠皇欧优运赢马红蓝视频约无裸黄聊级偷内骚欢乐气博净页户棋牌虚拟杠杆买卖圆轮骰扑与个来这对过义丽尔头丰亨兴财业务单厅东南';
const simpleOf = new Map([...traditional].map((char, index) => [char, [...simplified][index] ?? char]));

const invisible =
  /[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\u{e0000}-\u{e007f}]/u;
const han = /\p{Script=Han}/u;
/** Signs put between the characters of a word to hide it; never those that end a clause. */
const between = /^[·•‧.・丶_~^*+|'`=＊★☆◆●○-]$/;
const signed = /(?:[ ·•‧.・丶_~^*+|'`=＊★☆◆●○-][一-鿿]){2}/;
/** Longer texts than this are cut: nothing that is compared is longer. */
const longest = 4000;

/** Case, width, invisible characters, Traditional forms and single signs between characters of a word are levelled. */
export function fold(text: string): Folded {
  const units: string[] = [];
  const at: number[] = [];
  let disguised = false;
  let index = 0;
  for (const char of text.slice(0, longest)) {
    const level = levelled(char);
    if (level === char) {
      // Nearly every character: nothing to compare, nothing to take apart.
      for (let unit = 0; unit < char.length; unit++) {
        units.push(char.charAt(unit));
        at.push(index);
      }
    } else {
      if (level !== char.toLowerCase() && !/[\p{P}\p{S}\p{Z}]/u.test(char)) disguised = true;
      for (let unit = 0; unit < level.length; unit++) {
        units.push(level.charAt(unit));
        at.push(index);
      }
    }
    index += char.length;
  }
  at.push(index);
  return withoutSigns({ text: units.join(''), at, disguised });
}

function levelled(char: string): string {
  if (char <= '\u007f') return char.toLowerCase();
  if (char >= '\u4e00' && char <= '\u9fff') return simpleOf.get(char) ?? char;
  return invisible.test(char) ? '' : char.normalize('NFKC').toLowerCase();
}

/** `亚·博·体·育` and `亚 博 体 育`: two or more single Han with the same one sign between them. */
function withoutSigns(folded: Folded): Folded {
  if (!signed.test(folded.text)) return folded;
  const chars = folded.text.split('');
  const gone = new Set<number>();
  for (let index = 1; index + 1 < chars.length; index++) {
    const sign = chars[index] ?? '';
    if (sign !== ' ' && !between.test(sign)) continue;
    if (!isHan(chars[index - 1]) || !isHan(chars[index + 1])) continue;
    if (chars[index + 2] === sign || chars[index - 2] === sign) gone.add(index);
  }
  if (gone.size === 0) return folded;
  const kept = chars.map((_, index) => index).filter((index) => !gone.has(index));
  return {
    text: kept.map((index) => chars[index]).join(''),
    at: [...kept.map((index) => folded.at[index] ?? 0), folded.at.at(-1) ?? 0],
    disguised: true,
  };
}

const isHan = (char: string | undefined): boolean => char !== undefined && han.test(char);
