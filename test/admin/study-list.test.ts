import { describe, expect, it } from 'vitest';
import { studiesCsv } from '../../src/admin/studies/export-studies.js';
import { describeStudy } from '../../src/admin/studies/study-description.js';
import { splitQuery } from '../../src/admin/studies/study-query.js';
import type { Caller } from '../../src/core/index.js';
import type { DicomJson } from '../../src/dicom/index.js';
import { type StudyRecord, summarize } from '../../src/store/index.js';

const VIEWER: Caller = { name: 'token:viewer', roles: ['viewer'], scopes: new Set(['admin:read']) };
const OPERATOR: Caller = {
  name: 'token:operator',
  roles: ['operator'],
  scopes: new Set(['admin:read', 'admin:operate']),
};

const series = (modality: string, station?: string): DicomJson => ({
  '0020000D': { vr: 'UI', Value: ['1.2.3'] },
  '00080060': { vr: 'CS', Value: [modality] },
  '00080020': { vr: 'DA', Value: ['20260105'] },
  '00081030': { vr: 'LO', Value: ['Thorax p.a.'] },
  '00080050': { vr: 'SH', Value: ['4711'] },
  '00100020': { vr: 'LO', Value: ['P-1'] },
  ...(station ? { '00081010': { vr: 'SH', Value: [station] } } : {}),
});

describe('which study is which', () => {
  const all = [series('DX', 'ROOM3'), series('SEG'), series('SR')];

  it('says modality, date, description and station to everybody; results are no modality', () => {
    expect(describeStudy(all, VIEWER)).toEqual({
      studyInstanceUid: '1.2.3',
      modalities: ['DX'],
      studyDate: '2026-01-05',
      description: 'Thorax p.a.',
      station: 'ROOM3',
    });
  });

  it('says accession number and patient ID to operators only', () => {
    expect(describeStudy(all, OPERATOR)).toMatchObject({ accessionNumber: '4711', patientId: 'P-1' });
  });

  it.each(['accessionNumber', 'patientId'])('refuses a viewer’s search by %s', (field) => {
    expect(() => splitQuery({ [field]: '4711' }, VIEWER)).toThrow(
      expect.objectContaining({ code: 'FORBIDDEN' }),
    );
    expect(splitQuery({ [field]: '4711' }, OPERATOR).archive).toEqual({ [field]: '4711' });
  });

  it('asks the archive for a part of a description and a range of days', () => {
    const query = { description: 'Thorax', studyDateFrom: '2026-01-01', outcome: 'failed' as const };
    expect(splitQuery(query, VIEWER)).toMatchObject({
      archive: { description: '*Thorax*', studyDate: '20260101-' },
      ledger: { outcome: 'failed' },
    });
  });
});

const record = (change: Partial<StudyRecord>): StudyRecord =>
  ({
    studyInstanceUid: '1.2.3',
    state: 'done',
    attempts: 1,
    firstSeen: '2026-01-05T00:00:00.000Z',
    updatedAt: '2026-01-05T00:00:00.000Z',
    units: [],
    ...change,
  }) as StudyRecord;
const unit = (outcome: string, more: object = {}) => ({
  outcome,
  reasons: ['Modality is CT', 'CT is a modality that the model was not trained on'],
  sourceSeriesUid: '1.2.3.4',
  sourceInstanceUids: [],
  ...more,
});

describe('why a study has no result', () => {
  it.each<[string, Partial<StudyRecord>, string | undefined]>([
    ['segmented: nothing to say', { outcome: 'segmented', units: [unit('segmented') as never] }, undefined],
    [
      'unsupported: the reason that decided',
      { outcome: 'unsupported', units: [unit('unsupported') as never] },
      'CT is a modality that the model was not trained on',
    ],
    ['unsupported without an image', { outcome: 'unsupported' }, 'it holds no image that can be segmented'],
    ['empty', { outcome: 'empty', units: [unit('empty') as never] }, 'nothing was found on any frame'],
  ])('%s', (_, change, reason) => {
    expect(summarize(record(change)).reason).toBe(reason);
  });

  it('failed: the real cause of the display unit that failed, with its advice', () => {
    const error = { code: 'PIXELS_INVALID', message: 'JPEG stream ends early', advice: 'Send it again.' };
    const failed = record({
      outcome: 'failed',
      units: [unit('segmented'), unit('failed', { error })] as never,
    });
    expect(summarize(failed)).toMatchObject({ reason: 'JPEG stream ends early', error });
  });
});

describe('the list as CSV', () => {
  const study = record({ outcome: 'failed', seconds: 515.7, workSeconds: 0.7 });

  it('tells waiting from work, in columns', () => {
    const [head, line] = studiesCsv([study], [], false).split('\r\n');
    const cell = (name: string) => line!.split(',')[head!.split(',').indexOf(name)];
    expect(cell('seconds waited')).toBe('515.000');
    expect(cell('seconds worked')).toBe('0.7');
    expect(cell('accession number')).toBeUndefined();
  });

  it('quotes what needs it, and a header’s text never becomes a formula', () => {
    const known = {
      studyInstanceUid: '1.2.3',
      modalities: [],
      description: '=cmd|"/c calc"!A1',
      accessionNumber: '1,2',
    };
    const text = studiesCsv([study], [known], true);
    expect(text).toContain(`"'=cmd|""/c calc""!A1"`);
    expect(text).toContain('"1,2"');
  });
});
