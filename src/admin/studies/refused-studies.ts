import { z } from 'zod';
import { AppError } from '../../core/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { endpoint, type Endpoint } from '../http/index.js';
import { failure } from './study-schemas.js';

const refusedStudy = z
  .object({
    studyInstanceUid: z.string().describe('what stands where a UID should; at most 128 characters'),
    source: z.string().describe('the signal that told of it first'),
    firstSignal: z.iso.datetime(),
    lastSignal: z.iso.datetime(),
    error: failure,
  })
  .meta({ id: 'RefusedStudy' });
const refusedStudies = z
  .object({ total: z.number().int(), items: z.array(refusedStudy) })
  .meta({ id: 'RefusedStudies' });

/** `GET /refused-studies` */
export function listRefusedStudies({ store }: AdminDependencies): Endpoint {
  return endpoint({
    operationId: 'listRefusedStudies',
    method: 'get',
    path: '/refused-studies',
    tag: 'studies',
    summary: 'Studies whose StudyInstanceUID is none, last signalled first',
    description:
      'They are in the archive and cannot be processed, and no other list holds them. At most a thousand, of the last ' +
      'thirty days.',
    scope: 'admin:read',
    replies: { 200: { description: 'All that are known', schema: refusedStudies } },
    async handle() {
      const known = await store.refusedStudies.list();
      const { code, message, advice } = new AppError(
        'INVALID_UID',
        'StudyInstanceUID is not a DICOM UID (digits and dots, at most 64 characters)',
      );
      const items = known.map((study) => ({ ...study, error: { code, message, advice } }));
      return { status: 200 as const, body: { total: items.length, items } };
    },
  });
}
