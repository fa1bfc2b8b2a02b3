import { useId, type ReactNode } from 'react';
import { desk, upload, type MediaItem } from './api.ts';
import { FileField, Library } from './library.tsx';

type Chosen = MediaItem | File | undefined;

/** What belongs to a film or a recording. */
export interface Given {
  readonly poster?: Chosen;
  readonly captions?: Chosen;
  readonly transcript?: string;
}

/** Whether the page will play it; a film also shows a picture until then. */
export function playedKind(what: { readonly type: string } | undefined): 'film' | 'sound' | undefined {
  if (what?.type.startsWith('video/') === true) return 'film';
  return what?.type.startsWith('audio/') === true ? 'sound' : undefined;
}

/** Saves what was given as a draft of the film or recording; what was not given stays as it is. */
export async function givesOf({ item, title }: MediaItem, given: Given, owner: string): Promise<void> {
  const itemOf = async (chosen: Chosen, about: { alt?: string; title?: string }): Promise<string | undefined> =>
    chosen && 'item' in chosen ? chosen.item : chosen && (await upload(chosen, { ...about, owner })).item;
  const image = await itemOf(given.poster, { alt: `${title}：封面画面` });
  const captions = await itemOf(given.captions, { title: `${title}：字幕` });
  const { transcript = '' } = given;
  const more = { ...(image && { image }), ...(captions && { captions }), ...(transcript && { transcript }) };
  if (Object.keys(more).length === 0) return;
  const { fields } = await desk.call('GET /api/items/:item', { params: { item } });
  await desk.command('save-draft', { item, kind: 'media', fields: { ...fields, ...more } });
}

/** For those who do not hear, do not see, or cannot play it: captions, all that is said, and of a film a picture to begin with. */
export function Played(props: {
  readonly kind: 'film' | 'sound';
  readonly given: Given;
  readonly give: (given: Given) => void;
}): ReactNode {
  const { kind, given, give } = props;
  const id = useId();
  return (
    <fieldset className="played">
      <legend>
        {kind === 'film' ? '封面、字幕和文字稿' : '文字稿'}{' '}
        <span lang="en">{kind === 'film' ? 'Poster, captions and transcript' : 'Transcript'}</span>
      </legend>
      {kind === 'film' && (
        <>
          <Pick
            {...{ zh: '封面', en: 'Poster', what: 'picture', accept: 'image/jpeg,image/png,image/webp' }}
            chosen={given.poster}
            choose={(poster) => {
              give({ ...given, poster });
            }}
          />
          <Pick
            {...{ zh: '字幕（.vtt）', en: 'Captions', what: 'captions', accept: '.vtt,text/vtt' }}
            chosen={given.captions}
            choose={(captions) => {
              give({ ...given, captions });
            }}
          />
        </>
      )}
      <p>
        <label htmlFor={id}>
          文字稿 <span lang="en">Transcript</span>
        </label>
        <textarea id={id} name="transcript" rows={4} maxLength={100000} aria-describedby={`${id}-hint`} />
        <small id={`${id}-hint`}>
          {kind === 'film' ? '说了什么、演了什么' : '说了什么'}
          ，一段一行。这里没有填的，媒体库中已有的照旧；改动存为草稿，同样送审。
        </small>
      </p>
    </fieldset>
  );
}

function Pick(props: {
  readonly zh: string;
  readonly en: string;
  readonly what: 'picture' | 'captions';
  readonly accept: string;
  readonly chosen: Chosen;
  readonly choose: (chosen: Chosen) => void;
}): ReactNode {
  const { chosen } = props;
  const name = chosen && ('item' in chosen ? chosen.title : chosen.name);
  return (
    <details>
      <summary>
        {props.zh} <span lang="en">{props.en}</span>
        {name !== undefined && `：${name}`}
      </summary>
      <FileField accept={props.accept} file={props.choose} />
      <Library what={props.what} chosen={chosen && 'item' in chosen ? chosen : undefined} choose={props.choose} />
    </details>
  );
}
