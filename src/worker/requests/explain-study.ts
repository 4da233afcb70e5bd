import { toAppError, type Uid } from '../../core/index.js';
import type { Explanation } from '../../routing/index.js';
import {
  type DisplayUnit,
  fetchStudy,
  framesOf,
  openFrames,
  selectDisplayUnits,
  type StudyContext,
  unitIdentity,
  type WeighedUnit,
  weighUnit,
} from '../../pipeline/index.js';
import type { LoadedModel } from '../../model/index.js';

/** Units whose picture is looked at; an answer is waited for. */
const MAX_UNITS = 40;

/** What else goes into an explanation. */
export interface ExplainDependencies {
  readonly modelId: string;
  readonly rulesVersion: number | null;
  /** Fingerprint of the last finished run. */
  readonly previous: string | undefined;
}

/**
 * Decides every unit of a study as a run would, and writes nothing anywhere.
 * @throws AppError `STUDY_EMPTY`, or what the archive answers
 */
export async function explainStudy(
  study: Uid,
  context: StudyContext,
  dependencies: ExplainDependencies,
): Promise<Explanation> {
  const model = await context.engine.load();
  const fetched = await fetchStudy(study, context, model);
  const series = await fetched.series();
  const units = series.images.flatMap((instances) => selectDisplayUnits(instances, context.settings.wsi));
  const explained: Explanation['units'] = [...fetched.refused, ...series.refused].map(
    ({ seriesUid, instanceUids, reason, outcome }) => ({
      seriesInstanceUid: seriesUid,
      instances: instanceUids.length,
      frames: 0,
      decision: { channel: null, score: 0, source: 'header', reasons: [reason] },
      would: outcome === 'unsupported' ? 'unsupported' : 'fail',
      evidence: { header: null, pixels: null },
    }),
  );
  for (const unit of units.slice(0, MAX_UNITS))
    explained.push(await explainUnit(study, unit, context, model));
  return {
    studyInstanceUid: study,
    model: { id: dependencies.modelId, version: model.version, sha256: model.sha256 },
    rulesVersion: dependencies.rulesVersion,
    instances: fetched.instances,
    unchanged: dependencies.previous !== undefined && dependencies.previous === series.fingerprint,
    complete: units.length <= MAX_UNITS,
    units: explained,
  };
}

async function explainUnit(
  study: Uid,
  unit: DisplayUnit,
  context: StudyContext,
  model: LoadedModel,
): Promise<Explanation['units'][number]> {
  const common = {
    seriesInstanceUid: unitIdentity(study, unit).sourceSeriesUid,
    instances: unit.sources.length,
  };
  try {
    const frames = openFrames(study, unit, context.archive.dicomweb);
    const weighed = await weighUnit(unit, frames, context, model);
    const { channel, score, source, reasons } = weighed.decision;
    const known = channel !== undefined && model.channels.some(({ name }) => name === channel);
    return {
      ...common,
      frames: channel === undefined ? 0 : framesOf(unit),
      decision: {
        channel: channel ?? null,
        score,
        source,
        reasons: unit.note === undefined ? [...reasons] : [...reasons, unit.note],
      },
      would: channel === undefined ? 'unsupported' : known ? 'segment' : 'fail',
      evidence: evidenceOf(weighed),
    };
  } catch (thrown) {
    const error = toAppError(thrown);
    // What concerns the archive or the engine as a whole is no answer about this unit.
    if (error.scope !== 'unit' || error.retryable) throw error;
    return {
      ...common,
      frames: 0,
      decision: { channel: null, score: 0, source: 'none', reasons: [`${error.code}: ${error.message}`] },
      would: error.outcome === 'unsupported' ? 'unsupported' : 'fail',
      evidence: { header: null, pixels: null },
    };
  }
}

function evidenceOf({ header, pixels }: WeighedUnit): Explanation['units'][number]['evidence'] {
  const named = Object.entries(header?.scores ?? {}).filter(([, score]) => score > 0);
  return {
    header: header
      ? { scores: Object.fromEntries(named), rules: [...header.reasons], veto: header.veto?.id ?? null }
      : null,
    pixels: pixels ? { ...pixels, probabilities: { ...pixels.probabilities } } : null,
  };
}
