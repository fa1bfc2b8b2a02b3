import type { ElementNode } from '@chengmen/html';
import { gapSign } from '../types.ts';
import type { MendResult } from '../types.ts';
import { analysePage, type PageAnalysis } from './analyse-page.ts';
import { asTheyAre } from './clean-body.ts';
import { attachmentName } from './labels.ts';
import { gapMark } from './marked-page.ts';
import { all, squeeze, textOfNode, viewPage } from './page-lines.ts';
import type { PageMetadata, PageStructure, PageTable } from './types.ts';

/**
 * What a mended page says and of what it is made: metadata by its own labels, then its head; the body cleaned; files,
 * pictures and tables of the body. Takes a result as `mend`, `accept` and `decide` give it. Never throws; linear.
 */
export function structureOf(result: MendResult): PageStructure {
  const page = analysePage(result, { addresses: asTheyAre });
  const { root } = viewPage(page.body?.html ?? '');
  return {
    metadata: metadataOf(page),
    body: page.clean?.html ?? null,
    text: page.clean ? page.text : result.text,
    attachments: [...attachmentsIn(root), ...attachmentsIn(viewPage(page.filesAfter).root)].filter(
      ({ address }, i, every) => every.findIndex((other) => other.address === address) === i,
    ),
    pictures: all(root, 'img').flatMap(({ attributes }) => {
      const address = attributes['src'] ?? '';
      return address === '' ? [] : [{ address: shown(address), alt: shown(attributes['alt'] ?? '') }];
    }),
    tables: tablesOf(page),
    removed: page.clean?.removed ?? [],
  };
}

function attachmentsIn(root: ElementNode): PageStructure['attachments'] {
  return all(root, 'a').flatMap((node) => {
    const address = node.attributes['href'] ?? '';
    return attachmentName.test(address) ? [{ name: shown(squeeze(textOfNode(node))), address: shown(address) }] : [];
  });
}

function metadataOf({ title, date, source, author, hits, breadcrumb }: PageAnalysis): PageMetadata {
  const [day = null, minute = null] = date?.minute.split(' ') ?? [];
  const names = breadcrumb.map(({ text }) => text);
  return {
    title: title ? shown(title.text) : null,
    date: day,
    time: date?.hasTime === true ? minute : null,
    source: source ? shown(source.name) : null,
    author: author === undefined ? null : shown(author),
    hits: hits ?? null,
    breadcrumb: names,
    channel: channelOf(names),
  };
}

/** The last name that is a channel: neither the home page nor what a page calls itself. */
function channelOf(names: readonly string[]): string | null {
  const channels = names.filter((name, i) => i > 0 && !/^(?:正文|内容|详情|正文内容|信息内容|文章内容)$/.test(name));
  return channels.at(-1) ?? null;
}

/** Tables of the clean body: layout has gone from it. */
function tablesOf({ clean }: PageAnalysis): PageTable[] {
  if (!clean?.html.includes('<table')) return [];
  const { root } = viewPage(clean.html);
  return all(root, 'table').map((table) => {
    const [caption] = all(table, 'caption');
    return {
      caption: caption ? shown(squeeze(textOfNode(caption))) : null,
      rows: all(table, 'tr').map((row) =>
        row.children.flatMap((cell) =>
          cell.kind === 'element' && (cell.name === 'td' || cell.name === 'th')
            ? [shown(squeeze(textOfNode(cell)))]
            : [],
        ),
      ),
    };
  });
}

const shown = (text: string): string => text.replaceAll(gapMark, gapSign).normalize('NFC').trim();
