import { mediaUses } from '@chengmen/content';
import type { SignedIn } from '@chengmen/identity';
import type { Ledger } from '@chengmen/ledger';
import { wholeOf } from '@chengmen/media';
import { ChengmenError, explainError, type Actor, type FieldsOf, type PictureArea, type SiteId } from '@chengmen/model';
import { newestRevisions, type Revision, type Revisions } from '@chengmen/revision';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { problemOf, text, type DeskTools, type Form, type Params, type Problem } from './desk-forms.ts';
import type { DeskOptions } from './desk.ts';
import { cropPage, type TypedCrop } from './pages/crop.ts';

export interface CropRoutes extends Pick<DeskTools, 'api' | 'who' | 'post' | 'show' | 'allowScript' | 'need' | 'back'> {
  readonly ledger: Ledger;
  readonly revisions: Revisions;
  readonly site: SiteId;
  readonly cropPicture: DeskOptions['cropPicture'];
}

/** What part of a picture is shown, and what of it stays in sight. Each change is a revision like any other. */
export function cropRoutes(app: FastifyInstance, tools: CropRoutes): void {
  const { who, post, show, need, ledger, revisions, site } = tools;
  const { db } = ledger;
  const pictureOf = async (item: string): Promise<Omit<Revision, 'reviews'> & { fields: FieldsOf<'media'> }> => {
    const newest = (await newestRevisions(db, site, [item])).get(item);
    if (newest?.kind !== 'media') throw new ChengmenError('not-found', { what: '图片 (picture)', id: item });
    return { ...newest, fields: newest.fields as FieldsOf<'media'> };
  };
  const showCrop = async (
    reply: FastifyReply,
    signedIn: SignedIn,
    item: string,
    refused?: { readonly problem: Problem; readonly typed: TypedCrop; readonly base: string; readonly status: number },
  ): Promise<FastifyReply> => {
    need(signedIn.actor, 'item.write');
    const { fields, revision } = await pictureOf(item);
    const whole = wholeOf(fields);
    if (!whole)
      throw new ChengmenError('not-found', { what: '可以裁剪的图片 (picture that can be cropped)', id: item });
    const uses = await mediaUses(db, site, [item]);
    const { problem, typed = typedCrop(fields, whole), base = revision, status = 200 } = refused ?? {};
    const state = { item, revision, base, fields, whole, typed, uses, problem, nonce: tools.allowScript(reply) };
    return show(reply, signedIn, (page) => cropPage(page, state), status);
  };
  /** Keeps the frame and the focus as a draft, and submits it where that is asked for. */
  const crop = async (
    actor: Actor,
    item: string,
    { area, focus, base, submit }: Cropping & { readonly base: string; readonly submit: boolean },
  ): Promise<{ readonly revision: string; readonly hash: string }> => {
    const { fields } = await pictureOf(item);
    const changed = await cropped(fields, { area, focus }, tools.cropPicture);
    const { revision, hash } = await ledger.execute(revisions.saveDraft, actor, {
      ...{ item, kind: 'media', fields: changed, base },
    });
    if (submit) await ledger.execute(revisions.submitRevision, actor, { revision, hash });
    return { revision, hash };
  };
  tools.api('POST /api/media/:item/crop', ({ signedIn, params, body }) => crop(signedIn.actor, params.item, body));
  app.get<Params<'item'>>('/media/:item/crop', async (request, reply) =>
    showCrop(reply, await who(request), request.params.item),
  );
  app.post<Params<'item'>>('/media/:item/crop', (request, reply) =>
    post(request, reply, async (signedIn, form) => {
      const { item } = request.params;
      const { actor } = signedIn;
      try {
        need(actor, 'item.write');
        const submit = text(form, 'action') === 'submit';
        await crop(actor, item, { ...typedIn(form), base: text(form, 'base'), submit });
        return await tools.back(reply, signedIn, `/items/${item}`, submit ? '已存，已送审。' : '已存为草稿。');
      } catch (error) {
        if (!(error instanceof ChengmenError)) throw error;
        const told = explainError(error);
        // Seen and read, a newer revision may be built on.
        const base = error.code === 'changed-meanwhile' ? String(error.parameters['newest']) : text(form, 'base');
        const typed = Object.fromEntries(cropNames.map((name) => [name, text(form, name)])) as TypedCrop;
        return showCrop(reply, signedIn, item, { problem: problemOf(told), typed, base, status: told.status });
      }
    }),
  );
}

const cropNames = ['left', 'top', 'width', 'height', 'x', 'y'] as const;

interface Cropping {
  /** In pixels of the whole. */
  readonly area: PictureArea;
  /** In hundredths of what is within the area. */
  readonly focus: { readonly x: number; readonly y: number };
}

/** Throws `invalid-input`. */
function typedIn(form: Form): Cropping {
  const [left, top, width, height, x, y] = cropNames.map((name) => {
    const typed = text(form, name).trim();
    if (!/^\d{1,6}$/.test(typed))
      throw new ChengmenError('invalid-input', { where: fieldNames[name], problem: '应为整数 (a whole number)' });
    return Number(typed);
  }) as [number, number, number, number, number, number];
  return { area: { left, top, width, height }, focus: { x, y } };
}

async function cropped(
  fields: FieldsOf<'media'>,
  { area, focus }: Cropping,
  cut: DeskOptions['cropPicture'],
): Promise<FieldsOf<'media'>> {
  const { left, top, width, height } = area;
  const { x, y } = focus;
  const whole = wholeOf(fields);
  const isWhole = left === 0 && top === 0 && width === whole?.width && height === whole.height;
  const { crop } = fields;
  const same = crop
    ? cropNames.slice(0, 4).every((name) => crop[name as keyof PictureArea] === area[name as keyof PictureArea])
    : isWhole;
  const shown = same ? fields : await cut(fields, isWhole ? undefined : area);
  if (x !== 50 || y !== 50) return { ...shown, focus: { x, y } };
  return Object.fromEntries(Object.entries(shown).filter(([name]) => name !== 'focus')) as FieldsOf<'media'>;
}

const fieldNames: Readonly<Record<(typeof cropNames)[number], string>> = {
  ...{ left: '从左', top: '从上', width: '宽', height: '高' },
  ...{ x: '焦点从左', y: '焦点从上' },
};

function typedCrop(
  { crop, focus }: FieldsOf<'media'>,
  { width, height }: Pick<PictureArea, 'width' | 'height'>,
): TypedCrop {
  const values = { ...(crop ?? { left: 0, top: 0, width, height }), ...(focus ?? { x: 50, y: 50 }) };
  return Object.fromEntries(cropNames.map((name) => [name, String(values[name])])) as TypedCrop;
}
