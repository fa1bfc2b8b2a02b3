import type { Found } from '../finding.ts';
import type { Content, TextLine } from '../read-content.ts';
import { shortened } from '../shortened.ts';

/** Headings go down one level at a time and begin at the second, below the title of the page (WCAG 1.3.1). */
export function headingOrder({ texts }: Content): Found[] {
  return texts.flatMap(({ field, lines }) => {
    const headings = lines.filter(({ level }) => level > 0);
    let before = 1;
    return headings.flatMap((heading): Found[] => {
      const found = misplaced(heading, before, field);
      before = heading.level;
      return found;
    });
  });
}

function misplaced({ level, text, offset }: TextLine, before: number, field: string): Found[] {
  const at = { rule: 'heading-order' as const, field, quote: text, offset };
  if (level > before + 1)
    return [
      {
        ...at,
        zh: `“${shortened(text, 20)}”是${level - 1}级小标题，前面却没有${level - 2}级小标题。读屏软件靠层次跳转，请逐级设置。`,
        en: `“${shortened(text, 20)}” is a heading of level ${level} after one of level ${before}. Screen readers go by levels: leave none out.`,
      },
    ];
  if (text.length <= longest) return [];
  return [
    {
      ...at,
      zh: `小标题有 ${text.length} 个字，像是把整段设成了标题。`,
      en: `A heading of ${text.length} characters: a whole paragraph seems to have been made one.`,
    },
  ];
}

const longest = 80;
