import { isPictureType, type MediaTypeName } from '@chengmen/model';
import type { Found } from '../finding.ts';
import type { Content } from '../read-content.ts';

/** Said of any picture, so of none: a kind of thing, a file's name, a number. */
const empty =
  /^(?:图|图片|照片|配图|插图|题图|图像|截图|示意图|如图|未命名|image|img|photo|picture|pic|untitled|screenshot|dsc|img)?[\s\d_.\-－—（）()]*(?:\.(?:jpe?g|png|gif|webp|bmp))?$/i;
const fileName = /^[\w\s.()（）-]+\.(?:jpe?g|png|gif|webp|bmp|tiff?)$/i;

/** Words for those who cannot see a picture: there at all, and about what it shows (GB/T 37668, WCAG 1.1.1). */
export function pictureWords({ kind, fields, pictures }: Content): Found[] {
  const { type } = fields;
  const isPicture = kind === 'media' && typeof type === 'string' && isPictureType(type as MediaTypeName);
  const own = isPicture ? [ownWords(fields)] : [];
  return [...pictures, ...own].flatMap(({ field, src, alt, offset }): Found[] => {
    const words = alt.trim();
    // Which picture, not which words: what was said about one does not hold for another.
    const at = { field, offset, quote: words, shown: words || src, subject: `${src} ${words}` };
    if (words === '')
      return [
        {
          ...at,
          rule: 'alt-missing',
          zh: '图片没有替代文字，看不见图的人不知道上面是什么。请写一句图中内容；纯装饰的图可注明理由后保留。',
          en: 'The picture has no words for those who cannot see it. Say in a sentence what it shows; a mere ornament may stay, with that reason.',
        },
      ];
    if (!empty.test(words) && !fileName.test(words)) return [];
    return [
      {
        ...at,
        rule: 'alt-empty-words',
        zh: `替代文字“${words}”没有说明图中内容。`,
        en: `“${words}” does not say what the picture shows.`,
      },
    ];
  });
}

function ownWords(fields: Content['fields']): Content['pictures'][number] {
  const said = (name: string): string => (typeof fields[name] === 'string' ? fields[name] : '');
  return { field: 'alt', src: said('hash').slice(0, 16), alt: said('alt'), offset: 0 };
}
