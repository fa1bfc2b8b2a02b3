import { useEffect, useId, useState, type ReactNode } from 'react';
import { desk, type MediaItem } from './api.ts';
import { base } from './base.ts';

/** A file of one's own. */
export function FileField({
  accept,
  file,
}: {
  readonly accept?: string;
  readonly file: (file: File | undefined) => void;
}): ReactNode {
  const id = useId();
  return (
    <p>
      <label htmlFor={id}>
        从本机上传 <span lang="en">Upload</span>
      </label>
      <input
        id={id}
        type="file"
        accept={accept}
        onChange={(event) => {
          file(event.target.files?.[0]);
        }}
      />
    </p>
  );
}

const fits = { picture: undefined, captions: 'text/vtt' } as const;

/** What the desk has already: pictures, captions, or any file that is no picture. */
export function Library(props: {
  readonly what?: keyof typeof fits;
  readonly chosen: MediaItem | undefined;
  readonly choose: (item: MediaItem) => void;
}): ReactNode {
  const [items, setItems] = useState<readonly MediaItem[]>();
  const [words, setWords] = useState('');
  const id = useId();
  const { what } = props;
  useEffect(() => {
    let isOld = false;
    const find = (): void => {
      const query = { words, what: what === 'picture' ? 'picture' : 'file' } as const;
      const show = (found: readonly MediaItem[]): void => {
        const type = what && fits[what];
        if (!isOld) setItems(type === undefined ? found : found.filter((one) => one.type === type));
      };
      desk.call('GET /api/media', { query }).then(show, () => {
        show([]);
      });
    };
    // Not with every key, and what was asked before no longer counts.
    const timer = setTimeout(find, words === '' ? 0 : 250);
    return () => {
      isOld = true;
      clearTimeout(timer);
    };
  }, [words, what]);
  return (
    <fieldset className="library">
      <legend>
        或从图库选用 <span lang="en">Or from the library</span>
      </legend>
      <label htmlFor={id} className="unseen">
        查找
      </label>
      <input
        id={id}
        placeholder="按名称或说明查找"
        maxLength={200}
        value={words}
        onChange={(event) => {
          setWords(event.target.value);
        }}
      />
      {items?.length === 0 && <p className="hint">没有可选的文件。</p>}
      <ul>
        {items?.slice(0, 24).map((item) => (
          <li key={item.item}>
            <button
              type="button"
              aria-pressed={props.chosen?.item === item.item}
              onClick={() => {
                props.choose(item);
              }}
            >
              {what === 'picture' && <img src={`${base}/media-of/${item.item}`} alt="" loading="lazy" />}
              <span>{item.title}</span>
            </button>
          </li>
        ))}
      </ul>
    </fieldset>
  );
}
