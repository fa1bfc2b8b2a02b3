import { html, type SafeHtml } from '@chengmen/html';
import { endingOf, isPictureType, mediaTypes, type DocumentFields, type ItemId, type Source } from '@chengmen/model';
import { mediaOf, type Media } from '../read.ts';
import { wordsOf, type Words } from '../words.ts';

/** `size` in bytes, for people. */
export function fileSize(size: number): string {
  if (size < 1024) return `${size} B`;
  return size < 1024 * 1024 ? `${(size / 1024).toFixed(0)} KB` : `${(size / 1024 / 1024).toFixed(1)} MB`;
}

/** `DOCX，24 KB` */
export function fileFacts(t: Words, { type, size }: Media): string {
  return t('{kind}，{size}', { kind: endingOf(type).toUpperCase(), size: fileSize(size) });
}

/** The address carries a hash and no name, so the name the file is saved under stands in the link. */
export function fileLink({ path, type, name, title }: Media, inner: string | SafeHtml): SafeHtml {
  return html`<a href="${path}" type="${type}" download="${name ?? `${title}.${endingOf(type)}`}">${inner}</a>`;
}

const linked = /\bhref=["']media:([a-z0-9-]+)["']/g;

/** Items a document offers for download: those it lists, then those its texts link to, each once. */
export function attachedTo(
  fields: Pick<DocumentFields, 'attachments' | 'body'> & { readonly answer?: unknown },
): readonly ItemId[] {
  const texts = `${fields.body}${typeof fields.answer === 'string' ? fields.answer : ''}`;
  const inTexts = [...texts.matchAll(linked)].flatMap(([, id]) => id ?? []);
  return [...new Set([...(fields.attachments ?? []), ...inTexts])];
}

/** 附件: what is offered, with type and size to weigh before fetching and a hash to check afterwards. */
export function attachmentsPart(fields: DocumentFields, source: Source): SafeHtml | undefined {
  const t = wordsOf(source);
  const files = attachedTo(fields)
    .flatMap((id) => mediaOf(source, id) ?? [])
    .filter(({ type }) => !isPictureType(type));
  if (files.length === 0) return undefined;
  return html`<section class="part attachments" id="attachments">
    <h2>${t('附件')}</h2>
    <ul>
      ${files.map(
        (file) =>
          html`<li>
            <p>
              ${fileLink(file, file.title)}<span class="aside"
                >${t('（{facts}）', {
                  facts: t('{kind}，{size}', {
                    kind: mediaTypes[file.type][t.foreign || t.language !== 'zh-Hans' ? 'en' : 'zh'],
                    size: fileSize(file.size),
                  }),
                })}</span
              >
            </p>
            <details>
              <summary>${t('校验码（SHA-256）')}<span class="code">${file.hash.slice(0, 12)}…</span></summary>
              <p class="code hash">${file.hash}</p>
            </details>
          </li> `,
      )}
    </ul>
  </section>`;
}
