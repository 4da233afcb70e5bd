import { isSelfTestStudy } from '../../core/index.js';
import { type KeptEvent, type StudyRecord, summarize, type WebhookEvent } from '../../store/index.js';

/** What a webhook is to be told of, if anything: ends of runs, the doctor's own apart, and alerts. */
export function webhookEventOf(event: KeptEvent): WebhookEvent | undefined {
  if (event.type === 'alert') return 'alert';
  const { ended, outcome, studyInstanceUid } = event.data;
  if (!ended || outcome === undefined || isSelfTestStudy(studyInstanceUid)) return undefined;
  return outcome === 'failed' ? 'study.failed' : 'study.done';
}

/**
 * The body of a delivery. It names studies and results by UID and carries no attribute of a patient.
 * @param record what is known of the event's study; its results when the run is still the last one
 */
export function payloadOf(type: WebhookEvent, event: KeptEvent, record: StudyRecord | undefined): string {
  const head = { id: event.id, type, at: event.at };
  if (event.type === 'alert') return JSON.stringify({ ...head, ...event.data });
  const { studyInstanceUid, outcome, channels, seconds, correlationId } = event.data;
  const results = (record?.units ?? []).map((unit) => ({
    outcome: unit.outcome,
    channel: unit.channel,
    sourceSeriesUid: unit.sourceSeriesUid,
    segSeriesUid: unit.segSeriesUid,
    segInstanceUid: unit.segInstanceUid,
    srSeriesUid: unit.srSeriesUid,
    srInstanceUid: unit.srInstanceUid,
    quality: unit.quality,
  }));
  const needsReview = record && summarize(record).needsReview;
  const error =
    type === 'study.failed' && record?.error
      ? { code: record.error.code, advice: record.error.advice }
      : undefined;
  return JSON.stringify({
    ...head,
    study: { studyInstanceUid, correlationId, outcome, channels, seconds, needsReview, results, error },
  });
}
