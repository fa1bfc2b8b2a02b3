import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import type { MadeForm, PictureOrder, PictureReport } from './make-forms.ts';

/**
 * A process of its own for one picture: decoders are written in C, and what is handed in may be made to break them.
 * Orders come as JSON in the first argument; the report goes to standard output.
 */
const loaders = { jpeg: 'Jpeg', png: 'Png', webp: 'Webp', gif: 'Nsgif' } as const;
const widths = [480, 960, 1600];
const widest = 1600;

sharp.cache(false);
sharp.concurrency(1);

async function make({ file, source, folder, pixels, area }: PictureOrder): Promise<PictureReport> {
  // Only the decoder of what the bytes say they are; libvips knows many more.
  sharp.block({ operation: ['VipsForeignLoad'] });
  sharp.unblock({ operation: [`VipsForeignLoad${loaders[source]}`] });
  const open = (): Sharp => sharp(file, { limitInputPixels: pixels, failOn: 'error', pages: 1 });
  const found = await sharp(file, { limitInputPixels: false }).metadata();
  if (found.width * found.height > pixels) return { outcome: 'too-large' };
  if ((found.pages ?? 1) > 1) return { outcome: 'moves' };
  const own = area?.width ?? found.autoOrient.width;
  const largest = Math.min(own, widest);
  const kind = source === 'jpeg' || (source === 'webp' && !found.hasAlpha) ? 'jpeg' : 'png';
  const save = async (type: MadeForm['type'], width: number): Promise<MadeForm> => {
    const name = `${width}.${type.slice('image/'.length)}`;
    // Metadata are left out and colours made sRGB unless one asks for the contrary.
    const upright = open().autoOrient();
    const shown = area ? upright.extract(area) : upright;
    const drawn = shown.resize({ width, withoutEnlargement: true }).toColourspace('srgb');
    const { width: wide, height, size } = await encoded(drawn, type).toFile(join(folder, name));
    return { name, type, width: wide, height, size };
  };
  const forms: MadeForm[] = [];
  for (const width of [...widths.filter((one) => one < largest), largest]) forms.push(await save('image/webp', width));
  const whole = await save(`image/${kind}`, largest);
  return {
    outcome: 'made',
    whole,
    forms,
    madeBy: `sharp ${sharp.versions.sharp ?? ''}, libvips ${sharp.versions.vips}`,
  };
}

function encoded(image: Sharp, type: MadeForm['type']): Sharp {
  if (type === 'image/webp') return image.webp({ quality: 80, smartSubsample: true });
  return type === 'image/jpeg'
    ? image.flatten({ background: '#fff' }).jpeg({ quality: 82, mozjpeg: true })
    : image.png({ compressionLevel: 9 });
}

const order = JSON.parse(process.argv[2] ?? '{}') as PictureOrder;
const report = await make(order).catch((error: unknown): PictureReport => ({
  outcome: 'unreadable',
  problem: (error instanceof Error ? error.message : String(error)).replaceAll(order.file, '').trim().slice(0, 300),
}));
process.stdout.write(JSON.stringify(report));
