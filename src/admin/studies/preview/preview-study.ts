import { z } from 'zod';
import { AppError, parseUid } from '../../../core/index.js';
import { ARCHIVE_ERRORS } from '../../archive-errors.js';
import { endpoint, type Endpoint } from '../../http/index.js';
import type { AdminDependencies } from '../../dependencies.js';
import { studyPath } from '../study-path.js';
import { drawFilled, drawOutline, encodePng, type Picture } from '../../../objects/index.js';
import { fetchSegMask } from './fetch-seg-mask.js';
import { fetchSourceFrame } from './fetch-source-frame.js';
import { openSegCache } from './seg-cache.js';

const whole = (min: number, max: number) => z.coerce.number().int().min(min).max(max);

const query = z.strictObject({
  unit: whole(0, 10_000).default(0).describe('display unit: its position in `units` of the study'),
  frame: whole(1, 1_000_000).default(1).describe('over all frames of the unit, from 1'),
  width: whole(32, 1024).default(480).describe('pixels; a smaller source is not enlarged'),
  overlay: z
    .enum(['outline', 'filled', 'none'])
    .default('outline')
    .describe('how the mask is drawn: its outline, its area, or not at all'),
});

const DRAW = { outline: drawOutline, filled: drawFilled, none: (picture: Picture) => picture };

/** `GET /studies/{uid}/preview` */
export function previewStudy({ store: { ledger }, archive }: AdminDependencies): Endpoint {
  const segs = openSegCache();
  return endpoint({
    operationId: 'previewStudy',
    method: 'get',
    path: '/studies/{uid}/preview',
    tag: 'studies',
    summary: 'A frame with the outline of its mask',
    description:
      'Made of what the archive holds; a SEG is kept in memory for two minutes, so that all frames of a study ' +
      'cost one reading of it. A frame without mask is shown plain.',
    scope: 'admin:read',
    discloses: 'images',
    params: studyPath,
    query,
    replies: { 200: { description: 'The picture', contentType: 'image/png' } },
    errors: ['INVALID_UID', 'NOT_FOUND', 'LEDGER_UNREADABLE', 'NO_PREVIEW', ...ARCHIVE_ERRORS],
    async handle({ params, query: { unit: index, frame, width, overlay } }) {
      const uid = parseUid(params.uid, 'The study in the path');
      const record = await ledger.requireRecord(uid);
      const unit = record.units[index];
      if (!unit) throw new AppError('NO_PREVIEW', `The study has ${record.units.length} display units`);
      const source = await fetchSourceFrame(archive, uid, unit, frame, width);
      const mask = overlay === 'none' ? undefined : await fetchSegMask(archive, segs, uid, unit, source);
      const picture = mask ? DRAW[overlay](source.picture, mask) : source.picture;
      return { status: 200, body: await encodePng(picture) };
    },
  });
}
