import { expect, it } from 'vitest';
import { deriveUid } from '../../src/core/index.js';
import type { StudyRecord } from '../../src/store/index.js';
import { countStudies } from '../../src/telemetry/index.js';
import { createMetrics } from '../../src/telemetry/metrics.js';

const now = new Date().toISOString();
const ended = (round: StudyRecord['round']): StudyRecord => ({
  studyInstanceUid: deriveUid('a study'),
  state: 'done',
  outcome: 'empty',
  units: [],
  attempts: 1,
  firstSeen: now,
  updatedAt: now,
  arrivedAt: now,
  seconds: 7200,
  round,
});

it('the time of a run that somebody asked for is no latency: it may have waited for off-peak hours', async () => {
  const metrics = createMetrics(false);
  const count = countStudies(metrics);
  count({ record: ended('request'), ended: true });
  expect(await metrics.text()).not.toContain('esp_study_duration_seconds_count 1');
  count({ record: ended('arrival'), ended: true });
  const text = await metrics.text();
  expect(text).toContain('esp_study_duration_seconds_count 1');
  expect(text).toContain('esp_studies_total{outcome="empty",channel="none"} 2');
});
