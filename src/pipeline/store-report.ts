import type { UnitResult } from '../core/index.js';
import { buildReport, isTiled, type SegInput } from '../objects/index.js';
import type { UnitTask } from './context.js';
import { storeResult } from './store-result.js';

/**
 * Measures what a SEG shows and stores the report, where the settings ask for it. Tiles of a slide are not measured:
 * what they show ends at borders that are none.
 * @param input what the SEG was made of
 */
export async function storeReport(
  { study, unit, filesRead, context, earlier }: UnitTask,
  input: SegInput,
): Promise<{ report: Pick<UnitResult, 'srSeriesUid' | 'srInstanceUid' | 'srSha256'>; sent: number }> {
  if (!context.settings.seg.measurements || isTiled(unit.sources[0]!)) return { report: {}, sent: 0 };
  const { seriesInstanceUid, sopInstanceUid, bytes, content } = buildReport(input);
  const path = { study, series: seriesInstanceUid, instance: sopInstanceUid };
  const { sent, sha256 } = await storeResult(
    context.archive,
    { path, content },
    bytes,
    { study, unit, filesRead },
    { sha256: earlier?.srSha256 },
  );
  return {
    report: { srSeriesUid: seriesInstanceUid, srInstanceUid: sopInstanceUid, srSha256: sha256 },
    sent: sent ? 1 : 0,
  };
}
