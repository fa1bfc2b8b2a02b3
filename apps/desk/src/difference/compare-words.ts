import { diffArrays } from 'diff';

/** A stretch of two texts: of both, of the later alone, of the earlier alone. */
export interface Stretch {
  readonly was: 'same' | 'added' | 'removed';
  readonly text: string;
}

/** Chinese has no blanks between its words; the browser's and Node's own word list finds them. */
const segmenter = new Intl.Segmenter('zh-Hans', { granularity: 'word' });

/** Words added and taken away beyond which two texts are simply two texts. */
const mostEdits = 1000;

const words = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/** How one text became another, by words. */
export function compareWords(before: string, after: string): Stretch[] {
  if (before === after) return before === '' ? [] : [{ was: 'same', text: before }];
  const changes = diffArrays(words(before), words(after), { maxEditLength: mostEdits });
  if (!changes) return [stretch('removed', before), stretch('added', after)].filter(({ text }) => text !== '');
  return readable(
    changes.map(({ value, added, removed }) => stretch(added ? 'added' : removed ? 'removed' : 'same', value.join(''))),
  );
}

const stretch = (was: Stretch['was'], text: string): Stretch => ({ was, text });

/** One mark or blank that happens to stay between two changes parts them for no reader: it goes with both. What goes stands before what comes. */
function readable(all: readonly Stretch[]): Stretch[] {
  const found: Stretch[] = [];
  let [removed, added] = ['', ''];
  const flush = (): void => {
    if (removed !== '') found.push(stretch('removed', removed));
    if (added !== '') found.push(stretch('added', added));
    [removed, added] = ['', ''];
  };
  all.forEach(({ was, text }, at) => {
    if (was === 'removed') removed += text;
    else if (was === 'added') added += text;
    else if (at > 0 && at < all.length - 1 && removed !== '' && added !== '' && /^[\s\p{P}]$/u.test(text)) {
      removed += text;
      added += text;
    } else {
      flush();
      found.push({ was, text });
    }
  });
  flush();
  return found;
}
