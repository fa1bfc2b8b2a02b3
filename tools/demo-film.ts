/**
 * `node tools/demo-film.ts`: draws the demonstration's film and its still in a browser, and writes both beside their captions
 * (apps/chengmen/src/demo/film). They are committed: who runs the demonstration needs no browser.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { root } from './rooms.ts';
import { findBrowser } from './support/find-browser.ts';
import { writeWebm, type WebmFrame } from './support/write-webm.ts';

const folder = join(root, 'apps/chengmen/src/demo/film');
const [width, height, seconds, rate] = [640, 360, 12, 10];

/** Runs in the page: a day on the river, drawn frame by frame and encoded. */
const drawing = `async () => {
  const [width, height, seconds, rate] = [${width}, ${height}, ${seconds}, ${rate}];
  const canvas = new OffscreenCanvas(width, height);
  const c = canvas.getContext('2d');
  const mix = (a, b, t) => 'rgb(' + a.map((x, i) => Math.round(x + (b[i] - x) * t)).join(',') + ')';
  const hill = (base, size, colour) => {
    c.fillStyle = colour;
    c.beginPath();
    c.moveTo(0, 220);
    for (let x = 0; x <= width; x += 16) c.lineTo(x, base - size * (Math.sin(x / 90 + base) + Math.sin(x / 37) / 2));
    c.lineTo(width, 220);
    c.fill();
  };
  const draw = (t) => {
    const sky = c.createLinearGradient(0, 0, 0, 220);
    sky.addColorStop(0, mix([58, 70, 110], [126, 178, 214], t));
    sky.addColorStop(1, mix([238, 170, 130], [226, 238, 244], t));
    c.fillStyle = sky;
    c.fillRect(0, 0, width, 220);
    c.fillStyle = mix([255, 196, 120], [255, 244, 214], t);
    c.beginPath();
    c.arc(440, 210 - 150 * t, 26, 0, 7);
    c.fill();
    hill(160, 26, mix([110, 104, 130], [150, 176, 186], t));
    hill(190, 18, mix([80, 82, 108], [112, 148, 150], t));
    const water = c.createLinearGradient(0, 220, 0, height);
    water.addColorStop(0, mix([190, 140, 120], [150, 196, 206], t));
    water.addColorStop(1, mix([44, 60, 92], [52, 108, 132], t));
    c.fillStyle = water;
    c.fillRect(0, 220, width, height - 220);
    c.strokeStyle = 'rgba(255,255,255,0.35)';
    c.lineWidth = 2;
    for (let row = 0; row < 6; row++) {
      c.beginPath();
      for (let x = 0; x <= width; x += 12) c.lineTo(x, 244 + row * 20 + 3 * Math.sin(x / 34 + row * 2 + t * 14));
      c.stroke();
    }
    // The gate on its bank.
    c.fillStyle = mix([52, 46, 58], [96, 92, 96], t);
    c.fillRect(0, 206, 150, 26);
    c.fillRect(30, 140, 100, 70);
    c.beginPath();
    c.moveTo(18, 140);
    c.lineTo(80, 104);
    c.lineTo(142, 140);
    c.fill();
    const open = Math.min(1, Math.max(0, (t - 0.55) * 4));
    c.fillStyle = mix([30, 26, 34], [250, 236, 196], open);
    c.beginPath();
    c.arc(80, 180, 20, Math.PI, 0);
    c.lineTo(100, 208);
    c.lineTo(60, 208);
    c.fill();
    // The first ferry.
    const x = 170 + 420 * Math.max(0, t - 0.2);
    const y = 262 + 2 * Math.sin(t * 30);
    c.fillStyle = '#f4f1ea';
    c.fillRect(x + 14, y - 22, 44, 16);
    c.fillStyle = '#8e3b2e';
    c.beginPath();
    c.moveTo(x, y - 6);
    c.lineTo(x + 76, y - 6);
    c.lineTo(x + 64, y + 10);
    c.lineTo(x + 10, y + 10);
    c.fill();
  };
  const frames = [];
  const base64 = (bytes) => { let s = ''; for (const b of bytes) s += String.fromCharCode(b); return btoa(s); };
  const encoder = new VideoEncoder({
    output: (chunk) => {
      const bytes = new Uint8Array(chunk.byteLength);
      chunk.copyTo(bytes);
      frames.push({ at: chunk.timestamp / 1000, key: chunk.type === 'key', bytes: base64(bytes) });
    },
    error: (error) => { throw error; },
  });
  encoder.configure({ codec: 'vp09.00.10.08', width, height, bitrate: 24000, framerate: rate, latencyMode: 'quality' });
  for (let at = 0; at < seconds * rate; at++) {
    draw(at / (seconds * rate - 1));
    const frame = new VideoFrame(canvas, { timestamp: (at * 1e6) / rate, duration: 1e6 / rate });
    encoder.encode(frame, { keyFrame: at % (rate * 4) === 0 });
    frame.close();
  }
  await encoder.flush();
  draw(0.62);
  const still = await canvas.convertToBlob({ type: 'image/webp', quality: 0.85 });
  return { frames, still: base64(new Uint8Array(await still.arrayBuffer())) };
}`;

const found = await findBrowser();
if (!('path' in found)) throw new Error(found.reason);
const browser = await chromium.launch({ executablePath: found.path, args: ['--no-sandbox'] });
try {
  const page = await browser.newPage();
  // Encoders are for pages that came safely; this one comes from nowhere.
  await page.route('**/*', (route) => route.fulfill({ contentType: 'text/html', body: '<!doctype html>' }));
  await page.goto('http://localhost/');
  const { frames, still } = (await page.evaluate(`(${drawing})()`)) as {
    frames: { at: number; key: boolean; bytes: string }[];
    still: string;
  };
  const decoded = frames.map(({ at, key, bytes }): WebmFrame => ({ at, key, bytes: Buffer.from(bytes, 'base64') }));
  const film = writeWebm({ width, height, milliseconds: seconds * 1000, codec: 'V_VP9', frames: decoded });
  writeFileSync(join(folder, 'river-day.webm'), film);
  writeFileSync(join(folder, 'river-day.webp'), Buffer.from(still, 'base64'));
  console.log(`${frames.length} frames, ${film.length} bytes`);
} finally {
  await browser.close();
}
