/** What a rule means, in the words of the person who judges the repair. */
export const ruleTexts: Readonly<Record<string, { readonly zh: string; readonly en: string }>> = {
  'minus-one': {
    zh: '转码程序把这个字的末字节减了一，并吞掉了后面的符号；两者都能从留下的字节唯一推出。',
    en: 'The converter lowered the last byte of this character by one and swallowed the sign after it; both follow from what is left, in one way only.',
  },
  'minus-one-sign': {
    zh: '字能推出，被吞的符号不能唯一推出。',
    en: 'The character follows from what is left; which sign was swallowed does not.',
  },
  question: {
    zh: '一个字和它后面的符号或数字一起变成了问号。',
    en: 'A character and the sign or digit after it became one question mark.',
  },
  'question-and-tag': {
    zh: '一个字和标签的“<”一起变成了问号；“<”已放回，字要看上下文。',
    en: 'A character and the < of a tag became one question mark; the < is back, the character is a matter of context.',
  },
  'question-and-entity': {
    zh: '一个字和字符实体的“&”一起变成了问号。',
    en: 'A character and the & of an entity became one question mark.',
  },
  'question-and-quote': {
    zh: '一个字和属性结尾的引号一起变成了问号。',
    en: 'A character and the closing quote of an attribute became one question mark.',
  },
  vanished: {
    zh: '空白或换行之前的一个字没有了，位置是确定的。',
    en: 'A character before white space is gone; its place is certain.',
  },
  'vanished-by-words': {
    zh: '从词句看，空白之前少了一个字。',
    en: 'The words say that a character before white space is missing.',
  },
  'pair-lost': {
    zh: '旧版转码程序把相邻两个字各去掉一部分，变成一个问号。',
    en: 'An old converter took a part of each of two neighbouring characters and left a question mark.',
  },
  'byte-dropped': {
    zh: '这个字的一个字节被过滤掉了。',
    en: 'One byte of this character was filtered out.',
  },
  'not-utf-8': {
    zh: '这里的字节不是任何文字，无法复原。',
    en: 'The bytes here are no text; nothing can be restored.',
  },
  'foreign-name': {
    zh: '原来的名称被另一种编码的文字覆盖，多半是被人篡改。',
    en: 'The name that stood here was overwritten in another encoding, most likely by a hijacker.',
  },
  width: {
    zh: '标点的全角形式在规范化时变窄；按中文排版恢复。',
    en: 'Normalisation narrowed a full-width mark; Chinese typography says it was wide.',
  },
  reread: {
    zh: '这段文字曾按错误的编码读出；按原编码重读。',
    en: 'This stretch was once read in a wrong encoding; it is read again in the right one.',
  },
  'reread-byte-lost': {
    zh: '按错误的编码读出时丢了这个字的一个字节。',
    en: 'A byte of this character was lost when it was read in a wrong encoding.',
  },
  'reread-two-ways': {
    zh: '按错误的编码读出时，两个不同的字读成了一样的文字。',
    en: 'Two characters look the same once they are read in that wrong encoding.',
  },
  'reread-lost': {
    zh: '按错误的编码读出时，这个字丢得太多，无法复原。',
    en: 'Too much of this character was lost when it was read in a wrong encoding.',
  },
  'other-encoding': {
    zh: '文件的这一部分用了另一种编码。',
    en: 'This part of the file is in another encoding.',
  },
  'not-gb18030': { zh: '这里的字节不是 GB18030 文字。', en: 'The bytes here are not GB18030.' },
  'not-big5': { zh: '这里的字节不是 Big5 文字。', en: 'The bytes here are not Big5.' },
  'not-utf-16': { zh: '这里的字节不是 UTF-16 文字。', en: 'The bytes here are not UTF-16.' },
  'gbk-replaced': {
    zh: 'GBK 文字被当作 UTF-8 读出，全部变成了替换符，无法复原。',
    en: 'GBK was read as UTF-8 and became replacement characters; nothing can be restored.',
  },
  'gbk-replaced-twice': {
    zh: '“锟斤拷”：GBK 文字先变成替换符，又被当作 GBK 读出，无法复原。',
    en: '锟斤拷: GBK became replacement characters, and those were read as GBK; nothing can be restored.',
  },
};

const unknown = { zh: '按规则修复。', en: 'Repaired by rule.' };

export const ruleText = (rule: string): { readonly zh: string; readonly en: string } => ruleTexts[rule] ?? unknown;
