import { useEffect, useState, type ReactNode } from 'react';
import type { Answer } from '../desk-api.ts';
import { base } from './base.ts';
import { desk } from './api.ts';
import { entriesOf } from './journal.ts';

type Begun = Answer<'GET /api/writing'>[number];

const moment = new Intl.DateTimeFormat('zh-CN', { dateStyle: 'medium', timeStyle: 'short' });

/** Where something new is begun: what was begun before and never saved, at the desk or in this browser. */
export function Unfinished({ account, item }: { readonly account: string; readonly item: string }): ReactNode {
  const [begun, setBegun] = useState<readonly Begun[]>([]);
  useEffect(() => {
    void find(account).then(setBegun);
  }, [account]);
  const others = begun.filter((one) => one.item !== item);
  if (others.length === 0) return null;
  return (
    <div className="notice">
      <p>
        您有没保存的稿件 <span lang="en">Begun and not saved:</span>
      </p>
      <ul>
        {others.map((one) => (
          <li key={one.item}>
            <a
              href={one.base ? `${base}/items/${one.item}/edit` : `${base}/items/new?kind=${one.kind}&item=${one.item}`}
            >
              {one.title || '（还没有标题）'}
            </a>{' '}
            {moment.format(one.at)}
          </li>
        ))}
      </ul>
    </div>
  );
}

async function find(account: string): Promise<Begun[]> {
  const there = await desk.call('GET /api/writing').catch(() => []);
  const here = await entriesOf(account).catch(() => []);
  const unsent = here
    .filter(({ item, kept }) => !kept && !there.some((one) => one.item === item))
    .map(({ item, kind, values, at, base }) => ({ item, kind, at, base, title: values['title'] ?? '' }));
  return [...there, ...unsent].sort((one, other) => other.at - one.at).slice(0, 8);
}
