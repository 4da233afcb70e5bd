import { describe, expect, it } from 'vitest';
import { KINDS, type PhantomKind } from '../../src/phantom/kinds.js';
import { phantomInstance, phantomStudies } from '../../src/phantom/index.js';
import { phantomSeries } from '../../src/phantom/phantom-instance.js';
import { drawnByDcmtk, readByDcmtk } from './read-back.js';
import { dciodvfyErrors } from '../support/dciodvfy.js';

const kinds = Object.keys(KINDS) as PhantomKind[];
/** Small and odd: not multiples of eight, not square. */
const ODD = { width: 71, height: 53 } as const;

describe.each(kinds)('a %s phantom', (kind) => {
  it('is a valid object of its SOP class', () => {
    expect(dciodvfyErrors(phantomInstance({ kind, ...ODD }).bytes)).toEqual([]);
  });

  it('is the same every time, and another with another seed or salt', () => {
    const first = phantomInstance({ kind, ...ODD });
    expect(Buffer.compare(first.bytes, phantomInstance({ kind, ...ODD }).bytes)).toBe(0);
    const salted = phantomInstance({ kind, ...ODD, salt: 'other' });
    expect(salted.studyInstanceUid).not.toBe(first.studyInstanceUid);
    expect(salted.sopInstanceUid).not.toBe(first.sopInstanceUid);
    expect(phantomInstance({ kind, ...ODD, seed: 5 }).rasters[0]!.data).not.toEqual(first.rasters[0]!.data);
  });
});

describe('pixels', () => {
  it.each(kinds.filter((kind) => KINDS[kind].pixels === 'rgb8' && kind !== 'whole-slide'))(
    'of %s come back from DCMTK as drawn',
    (kind) => {
      const phantom = phantomInstance({ kind, ...ODD });
      expect(drawnByDcmtk(phantom.bytes, 1).equals(Buffer.from(phantom.rasters[0]!.data))).toBe(true);
    },
  );

  it('of a cine loop come back frame by frame', () => {
    const phantom = phantomInstance({ kind: 'ultrasound-cine', ...ODD });
    expect(phantom.rasters).toHaveLength(8);
    phantom.rasters.forEach((raster, i) => {
      const grey = Buffer.from(raster.data.filter((_, at) => at % 3 === 0));
      expect(drawnByDcmtk(phantom.bytes, i + 1).equals(grey)).toBe(true);
    });
  });

  it('of a grey instance that a coloured scene is drawn for come back in grey', () => {
    const phantom = phantomInstance({ kind: 'ultrasound', channel: 'colonoscopy', ...ODD });
    const { data } = phantom.rasters[0]!;
    const grey = Buffer.from(data.filter((_, at) => at % 3 === 0));
    expect(drawnByDcmtk(phantom.bytes, 1).equals(grey)).toBe(true);
    expect(data.every((value, at) => value === grey[Math.floor(at / 3)])).toBe(true);
  });

  it.each(['xray', 'xray-cr'] as const)(
    'of %s come back through their window within one grey level',
    (kind) => {
      const phantom = phantomInstance({ kind, ...ODD });
      const drawn = drawnByDcmtk(phantom.bytes, 1, ['--use-window', '1']);
      const worst = drawn.reduce(
        (most, value, i) => Math.max(most, Math.abs(value - phantom.rasters[0]!.data[i * 3]!)),
        0,
      );
      expect(worst).toBeLessThanOrEqual(1);
    },
  );
});

describe('headers', () => {
  it.each([
    ['ISO_IR 6', 'Phantom^Plain'],
    ['ISO_IR 100', 'Phäntom^Größe'],
    ['ISO_IR 144', 'Фантом^Проба'],
    ['ISO_IR 192', '幻影^試験'],
  ] as const)('in %s are read back by DCMTK', (characterSet, patientName) => {
    const phantom = phantomInstance({ kind: 'secondary-capture', ...ODD, characterSet, patientName });
    expect(readByDcmtk(phantom.bytes, 'PatientName')).toBe(patientName);
    expect(dciodvfyErrors(phantom.bytes)).toEqual([]);
  });

  it('name an artificial patient', () => {
    const { bytes } = phantomInstance({ kind: 'dermoscopy', ...ODD });
    expect(readByDcmtk(bytes, 'PatientName')).toBe('Phantom^Dermoscopy');
    expect(readByDcmtk(bytes, 'PatientID')).toBe('PHANTOM-DERMOSCOPY');
  });

  it('of a secondary capture say nothing about what is shown', () => {
    const { bytes } = phantomInstance({ kind: 'secondary-capture', channel: 'fundus', ...ODD });
    expect(readByDcmtk(bytes, 'Modality')).toBe('OT');
    for (const tag of ['BodyPartExamined', 'SeriesDescription', 'StudyDescription']) {
      expect(readByDcmtk(bytes, tag)).toBe('');
    }
  });
});

describe('several instances', () => {
  it('of a series share study and series, and nothing else', () => {
    const series = phantomSeries({ kind: 'dermoscopy', ...ODD }, 3);
    expect(new Set(series.map((phantom) => phantom.studyInstanceUid)).size).toBe(1);
    expect(new Set(series.map((phantom) => phantom.seriesInstanceUid)).size).toBe(1);
    expect(new Set(series.map((phantom) => phantom.sopInstanceUid)).size).toBe(3);
    expect(series[0]!.masks[0]).not.toEqual(series[1]!.masks[0]);
  });

  it('of the demo are six studies, one a channel', () => {
    const studies = phantomStudies({ salt: 'test' });
    expect(studies.map((phantom) => phantom.channel)).toEqual([
      'dermoscopy',
      'xray',
      'ultrasound',
      'fundus',
      'microscopy',
      'colonoscopy',
    ]);
    expect(new Set(studies.map((phantom) => phantom.studyInstanceUid)).size).toBe(6);
    expect(studies[2]!.masks).toHaveLength(8);
  }, 30_000);
});
