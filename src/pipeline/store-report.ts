import type { UnitResult } from '../core/index.js';
import { buildReport, COMPREHENSIVE_SR, isTiled, type SegInput } from '../objects/index.js';
import type { UnitTask } from './context.js';
import { storeResult } from './store-result.js';

/**
 * Measures what a SEG shows and stores the report, where the settings ask for it. Tiles of a slide are not measured:
 * what they show ends at borders that are none.
 * @param input what the SEG was made of
 */
export async function storeReport(
  { study, unit, context }: UnitTask,
  input: SegInput,
): Promise<{ report: Pick<UnitResult, 'srSeriesUid' | 'srInstanceUid'>; sent: number }> {
  if (!context.settings.seg.measurements || isTiled(unit.sources[0]!)) return { report: {}, sent: 0 };
  const { seriesInstanceUid, sopInstanceUid, bytes } = buildReport(input);
  const path = { study, series: seriesInstanceUid, instance: sopInstanceUid };
  const expected = { path, sopClassUid: COMPREHENSIVE_SR };
  const stored = await storeResult(context.archive.dicomweb, expected, bytes);
  return {
    report: { srSeriesUid: seriesInstanceUid, srInstanceUid: sopInstanceUid },
    sent: stored === 'stored' ? 1 : 0,
  };
}
