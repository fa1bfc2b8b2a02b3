import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gapMarkup, sanitise } from '@chengmen/html';
import { chinese } from '../words.ts';
import { withNotes } from './notes.ts';

test('withNotes: numbers stand where notes stood, and each note leads back; a gap inside a note does not end it', () => {
  const body = `<p>全长4.8公里<span class="note">含引桥${gapMarkup}米</span>，双向六车道<span class="note">见<strong>规划</strong></span>。</p>`;
  assert.equal(sanitise(body).html, body);
  assert.equal(
    withNotes(chinese, body, 'note'),
    '<p>全长4.8公里<sup class="note-sign"><a href="#note-1" id="note-1-sign" aria-label="注释1">[1]</a></sup>，双向六车道<sup class="note-sign"><a href="#note-2" id="note-2-sign" aria-label="注释2">[2]</a></sup>。</p>' +
      `<section class="notes" aria-label="注释"><ol><li id="note-1">含引桥${gapMarkup}米 <a href="#note-1-sign" aria-label="回到正文">↩</a></li><li id="note-2">见<strong>规划</strong> <a href="#note-2-sign" aria-label="回到正文">↩</a></li></ol></section>`,
  );
});

test('withNotes: a body without notes stays byte for byte', () => {
  const body = `<p>甲${gapMarkup}</p>`;
  assert.equal(withNotes(chinese, body, 'note'), body);
});
