import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DicomJson, itemsOf, numberOf, stringOf, stringsOf, TAG } from '../../src/dicom/index.js';
import { segsIn } from '../../src/demo/gateway-client.js';
import { readSeg } from '../../src/demo/read-seg.js';
import {
  type Archive,
  decodeWithArchiveFallback,
  fetchWithArchiveFallback,
  openArchive,
} from '../../src/archive/index.js';
import { decodeFrame } from '../../src/model/decode/decode-frame.js';
import { describePixels } from '../../src/model/index.js';
import { toRaster } from '../../src/model/raster/to-raster.js';
import { phantomInstance, type PhantomInstance } from '../../src/phantom/index.js';
import { type PhantomOptions, phantomSeries } from '../../src/phantom/phantom-instance.js';
import { phantomSlide } from '../../src/phantom/phantom-slide.js';
import { PIXEL_VARIANTS, type PixelVariant } from '../../src/phantom/pixel-variants.js';
import type { PhantomKind } from '../../src/phantom/kinds.js';
import { openInstance } from '../../src/pipeline/open-instance.js';
import { encodeJ2k } from '../model/encode-j2k.js';
import { dicomJsonByDcmtk } from '../phantom/read-back.js';
import { dciodvfyErrors } from '../support/dciodvfy.js';
import { BRIGHT, writeBrightModel } from '../support/bright-model.js';
import { throughDcmtk } from '../support/dcmtk-file.js';
import { loadSettings } from '../../src/config/index.js';
import {
  eventually,
  finished,
  PROJECT_ROOT,
  startStack,
  type OurProcess,
  type Stack,
} from '../support/stack.js';

let stack: Stack;
let ours: OurProcess;
let archive: Archive;

beforeAll(async () => {
  stack = await startStack();
  ours = await stack.start('all', {
    ESP_WORKER_BACKOFF_SECONDS: '0.2',
    ESP_MODEL_MANIFEST: writeBrightModel(),
  });
  const { dicomwebUrl, orthancUrl } = stack.orthanc;
  archive = openArchive({ ...loadSettings(PROJECT_ROOT, {}).archive, dicomwebUrl, orthancUrl, tag: 'off' });
});
afterAll(async () => {
  await archive?.http.close();
  await stack?.close();
});

/** Small; rows odd, columns even because YBR_FULL_422 wants them so. */
const SIZE = { width: 90, height: 71 } as const;

/** Both odd. */
const ODD = { width: 91, height: 67 } as const;

/** Files of one study under test, stored before anyone waits, so that the worker is never idle. */
interface Sent {
  readonly study: string;
  readonly phantom: PhantomInstance;
}

async function send(phantom: PhantomInstance, bytes = phantom.bytes): Promise<Sent> {
  await ours.client.store(bytes);
  return { study: phantom.studyInstanceUid, phantom };
}

/** Waits for a study that must give one SEG and returns it. */
async function segOf({ study }: Pick<Sent, 'study'>): Promise<{ metadata: DicomJson; file: Uint8Array }> {
  const view = await finished(ours.client, study);
  expect(view.units.map(({ outcome, reasons }) => (outcome === 'segmented' ? outcome : reasons))).toEqual([
    'segmented',
  ]);
  const [unit] = view.units;
  const path = { study, series: unit!.segSeriesUid!, instance: unit!.segInstanceUid! };
  return { metadata: (await ours.client.metadata(path))!, file: await ours.client.file(path) };
}

const LOSSY = { flag: '00282110', ratio: '00282112', method: '00282114' } as const;

/** The picture as the worker gets it from the archive: as stored, or transcoded where our decoders refuse. */
async function seenByWorker({ phantom }: Sent): Promise<{ data: Uint8Array; syntax: string }> {
  const path = {
    study: phantom.studyInstanceUid,
    series: phantom.seriesInstanceUid,
    instance: phantom.sopInstanceUid,
  };
  const metadata = (await archive.dicomweb.instanceMetadata(path))!;
  const source = await openInstance(archive.dicomweb, path, metadata);
  const frame = await fetchWithArchiveFallback(archive.dicomweb, source, 1);
  let syntax = frame.transferSyntaxUid;
  const decoded = await decodeWithArchiveFallback(archive.dicomweb, source, 1, frame, (decodable) => {
    syntax = decodable.transferSyntaxUid;
    return decodeFrame(decodable);
  });
  return { data: toRaster(decoded).data, syntax };
}

/** The same of the phantom's own uncompressed file, with no archive between. */
async function asWritten({ bytes }: { readonly bytes: Uint8Array }): Promise<Uint8Array> {
  const metadata = dicomJsonByDcmtk(bytes);
  const pixelData = Buffer.from(metadata['7FE00010']!.InlineBinary!, 'base64');
  const pixels = describePixels(metadata);
  return toRaster(await decodeFrame({ bytes: pixelData, transferSyntaxUid: '1.2.840.10008.1.2.1', pixels }))
    .data;
}

describe('a transfer syntax', () => {
  const COLOUR: PhantomOptions = { kind: 'dermoscopy', ...SIZE };
  const GREY: PhantomOptions = { kind: 'ultrasound', ...SIZE };
  const DEEP: PhantomOptions = { kind: 'xray-cr', ...SIZE };

  const lossyIn = (method: string): PhantomOptions => ({
    ...COLOUR,
    attributes: {
      LossyImageCompression: '01',
      LossyImageCompressionRatio: 4,
      LossyImageCompressionMethod: method,
    },
  });

  interface Case {
    readonly name: string;
    readonly options: PhantomOptions;
    readonly tool?: readonly [string, ...string[]];
    readonly codec?: 'jpeg-2000' | 'htj2k';
    /** Where it is not the codec's lossless one. */
    readonly syntax?: string;
    /** LossyImageCompressionMethod of a lossy syntax. */
    readonly lossy?: string;
  }
  const cases: readonly Case[] = [
    { name: 'Explicit VR Little Endian', options: COLOUR },
    { name: 'Implicit VR Little Endian', options: COLOUR, tool: ['dcmconv', '+ti'] },
    { name: 'Deflated', options: COLOUR, tool: ['dcmconv', '+td'] },
    { name: 'Explicit VR Big Endian, 16 bits', options: DEEP, tool: ['dcmconv', '+tb'] },
    { name: 'Explicit VR Big Endian, 8 bits', options: COLOUR, tool: ['dcmconv', '+tb'] },
    { name: 'RLE', options: COLOUR, tool: ['dcmcrle'] },
    { name: 'RLE, 16 bits', options: DEEP, tool: ['dcmcrle'] },
    { name: 'JPEG Baseline', options: COLOUR, tool: ['dcmcjpeg', '+eb', '+un'], lossy: 'ISO_10918_1' },
    { name: 'JPEG Baseline, grey', options: GREY, tool: ['dcmcjpeg', '+eb', '+un'], lossy: 'ISO_10918_1' },
    { name: 'JPEG Extended, 12 bits', options: DEEP, tool: ['dcmcjpeg', '+ee', '+un'], lossy: 'ISO_10918_1' },
    { name: 'JPEG Lossless', options: DEEP, tool: ['dcmcjpeg', '+el', '+un'] },
    { name: 'JPEG Lossless SV1', options: COLOUR, tool: ['dcmcjpeg', '+e1', '+un'] },
    { name: 'JPEG-LS', options: DEEP, tool: ['dcmcjpls', '+el'] },
    { name: 'JPEG-LS, colour', options: COLOUR, tool: ['dcmcjpls', '+el'] },
    { name: 'JPEG-LS near-lossless', options: DEEP, tool: ['dcmcjpls', '+en', '+un'], lossy: 'ISO_14495_1' },
    { name: 'JPEG 2000', options: COLOUR, codec: 'jpeg-2000' },
    { name: 'JPEG 2000, 12 bits', options: DEEP, codec: 'jpeg-2000' },
    { name: 'HTJ2K', options: COLOUR, codec: 'htj2k' },
    {
      name: 'JPEG 2000, lossy',
      options: lossyIn('ISO_15444_1'),
      codec: 'jpeg-2000',
      syntax: '1.2.840.10008.1.2.4.91',
      lossy: 'ISO_15444_1',
    },
    {
      name: 'HTJ2K, lossy',
      options: lossyIn('ISO_15444_15'),
      codec: 'htj2k',
      syntax: '1.2.840.10008.1.2.4.203',
      lossy: 'ISO_15444_15',
    },
  ];
  const sent = new Map<string, Sent>();
  const encoded = new Map<string, Uint8Array>();

  beforeAll(async () => {
    for (const { name, options, tool, codec, syntax } of cases) {
      const salted = { ...options, salt: `syntax ${name}` };
      const phantom = phantomInstance(salted);
      const bytes = tool ? throughDcmtk(phantom.bytes, tool) : codec && (await inJ2k(salted, codec, syntax));
      if (bytes) encoded.set(name, bytes);
      sent.set(name, await send(phantom, bytes));
    }
  });

  it.each(cases)(
    '$name ends as segmented, with the pixels that were written',
    async ({ name, lossy, tool }) => {
      const one = sent.get(name)!;
      const { metadata } = await segOf(one);
      expect(stringOf(metadata, LOSSY.flag)).toBe(lossy === undefined ? '00' : '01');
      expect(stringsOf(metadata, LOSSY.method)).toEqual(lossy === undefined ? [] : [lossy]);
      if (lossy !== undefined) expect(numberOf(metadata, LOSSY.ratio)).toBeGreaterThan(1);

      const { data } = await seenByWorker(one);
      const written = await asWritten(one.phantom);
      if (lossy === undefined) expect(Buffer.compare(data, written)).toBe(0);
      else if (tool === undefined) expect(meanDifference(data, written)).toBeLessThan(4);
      else {
        // What lossy compression left of the picture is DCMTK's to say.
        const decoder = tool[0] === 'dcmcjpls' ? 'dcmdjpls' : 'dcmdjpeg';
        const reference = await asWritten({ bytes: throughDcmtk(encoded.get(name)!, [decoder]) });
        expect(worstDifference(data, reference)).toBeLessThanOrEqual(2);
      }
    },
  );

  it('that our decoder refuses is decoded by the archive', async () => {
    const { syntax } = await seenByWorker(sent.get('Explicit VR Big Endian, 8 bits')!);
    expect(syntax).toBe('1.2.840.10008.1.2.1');
  });
});

/** The phantom of these options with its frame in JPEG 2000 or HTJ2K. */
async function inJ2k(
  options: PhantomOptions,
  codec: 'jpeg-2000' | 'htj2k',
  transferSyntaxUid = codec === 'htj2k' ? '1.2.840.10008.1.2.4.201' : '1.2.840.10008.1.2.4.90',
): Promise<Uint8Array> {
  const metadata = dicomJsonByDcmtk(phantomInstance(options).bytes);
  const frame = Buffer.from(metadata['7FE00010']!.InlineBinary!, 'base64');
  const pixels = describePixels(metadata);
  const lossy = stringOf(metadata, LOSSY.flag) === '01';
  const encoded = {
    transferSyntaxUid,
    frames: [await encodeJ2k(codec, pixels, frame, lossy ? 0.01 : undefined)],
  };
  const PhotometricInterpretation = lossy ? 'YBR_ICT' : 'YBR_RCT';
  const attributes = {
    ...options.attributes,
    ...(pixels.samplesPerPixel === 3 ? { PhotometricInterpretation } : {}),
  };
  return phantomInstance({ ...options, encoded, attributes }).bytes;
}

/** The largest difference of two samples at the same place. */
function worstDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]!)), 0);
}

function meanDifference(a: Uint8Array, b: Uint8Array): number {
  expect(a.length).toBe(b.length);
  return a.reduce((sum, value, i) => sum + Math.abs(value - b[i]!), 0) / a.length;
}

/** Mean of all samples of a picture whose pixel has this mask value. */
function meanOver(raster: Uint8Array, mask: Uint8Array, value: 0 | 1): number {
  const chosen = raster.filter((_, at) => mask[Math.floor(at / 3)] === value);
  return chosen.reduce((sum, sample) => sum + sample, 0) / chosen.length;
}

describe('a way of storing pixels', () => {
  const variants = Object.entries(PIXEL_VARIANTS) as [string, PixelVariant][];
  const sent = new Map<string, Sent>();

  beforeAll(async () => {
    for (const [name, variant] of variants) {
      sent.set(name, await send(phantomInstance({ ...variant, ...SIZE, salt: `pixels ${name}` })));
    }
  });

  it.each(variants)('%s ends as segmented, where the picture is bright', async (name) => {
    const one = sent.get(name)!;
    const { metadata, file } = await segOf(one);
    const { data } = await seenByWorker(one);
    expect(Buffer.compare(data, await asWritten(one.phantom))).toBe(0);
    const mask = readSeg(metadata, file).masks.get(one.phantom.sopInstanceUid)!;
    const raster = one.phantom.rasters[0]!.data;
    const bright = meanOver(raster, mask, 1);
    expect(bright).toBeGreaterThan(BRIGHT);
    expect(bright).toBeGreaterThan(meanOver(raster, mask, 0) + 30);
  });
});

describe('a kind of source', () => {
  const kinds: readonly [PhantomKind, frames: number][] = [
    ['xray', 1],
    ['xray-cr', 1],
    ['ultrasound', 1],
    ['ultrasound-cine', 8],
    ['ultrasound-colour-cine', 4],
    ['dermoscopy', 1],
    ['fundus', 1],
    ['microscopy', 1],
    ['colonoscopy', 1],
    ['secondary-capture-cine', 3],
    ['slide-microscopy', 1],
  ];
  const sent = new Map<PhantomKind, Sent>();

  beforeAll(async () => {
    for (const [kind] of kinds)
      sent.set(kind, await send(phantomInstance({ kind, ...ODD, seed: 2, salt: 'kinds' })));
  });

  it.each(kinds)('%s gets a SEG on its own frames that dciodvfy accepts', async (kind, frames) => {
    const one = sent.get(kind)!;
    const { metadata, file } = await segOf(one);
    expect(dciodvfyErrors(file)).toEqual([]);
    const { masks, rows, columns } = readSeg(metadata, file);
    expect([rows, columns]).toEqual([ODD.height, ODD.width]);
    const { sopInstanceUid } = one.phantom;
    // Fundus is a multi-frame class of one frame: there is no frame number to give.
    const keys =
      frames === 1
        ? [sopInstanceUid]
        : Array.from({ length: frames }, (_, i) => `${sopInstanceUid}.f${i + 1}`);
    expect([...masks.keys()]).toEqual(keys);
  });
});

describe('what is not processed', () => {
  it.each([
    ['mammography', 'mammography is a modality'],
    ['ct', 'CT is a cross-sectional modality'],
    ['video-endoscopy', 'MPEG video'],
  ] as const)('%s ends as unsupported at the first look, with the reason', async (kind, reason) => {
    const one = await send(phantomInstance({ kind, ...SIZE, salt: 'refused' }));
    const view = await finished(ours.client, one.study);
    expect(view).toMatchObject({ outcome: 'unsupported', attempts: 1 });
    expect(view.units).toHaveLength(1);
    expect(view.units[0]!.reasons.join(' ')).toContain(reason);
    expect(view.events.some(({ event }) => event === 'retry')).toBe(false);
    expect(segsIn(await ours.client.instances(one.study))).toEqual([]);
  });
});

describe('a syntax that neither we nor the archive decode', () => {
  it('ends as unsupported at the first look, with its name', async () => {
    const options = { kind: 'dermoscopy', ...SIZE, salt: 'undecodable' } as const;
    const one = await send(
      phantomInstance(options),
      await inJ2k(options, 'jpeg-2000', '1.2.840.10008.1.2.4.93'),
    );
    const view = await finished(ours.client, one.study);
    expect(view).toMatchObject({ outcome: 'unsupported', attempts: 1 });
    expect(view.units[0]!.reasons.at(-1)).toContain('JPEG 2000 multi-component');
  });
});

describe('a series', () => {
  it('of several sizes and orientations gets a SEG for each display unit', async () => {
    const common = { kind: 'dermoscopy', salt: 'mixed', study: 'mixed' } as const;
    const instances = [
      phantomInstance({ ...common, ...SIZE, instanceNumber: 1 }),
      phantomInstance({ ...common, ...SIZE, instanceNumber: 2, seed: 2 }),
      phantomInstance({ ...common, width: SIZE.height, height: SIZE.width, instanceNumber: 3 }),
      phantomInstance({ ...common, width: 64, height: 64, instanceNumber: 4 }),
      phantomInstance({
        ...common,
        ...SIZE,
        instanceNumber: 5,
        attributes: { ImageOrientationPatient: [1, 0, 0, 0, 0, -1] },
      }),
    ];
    for (const { bytes } of instances) await ours.client.store(bytes);
    const study = instances[0]!.studyInstanceUid;
    const uids = instances.map(({ sopInstanceUid }) => sopInstanceUid);
    // The first run may come before the last of them.
    const current = await eventually('a run of all images', async () => {
      const view = await ours.client.study(study);
      const units = view?.units.filter(({ outcome }) => outcome !== 'superseded') ?? [];
      const images = units.flatMap(({ sourceInstanceUids }) => sourceInstanceUids);
      return view?.state === 'done' && images.length === uids.length && units;
    });
    expect(current.map(({ sourceInstanceUids }) => sourceInstanceUids)).toEqual([
      uids.slice(0, 2),
      [uids[2]],
      [uids[3]],
      [uids[4]],
    ]);
    expect(current.every(({ outcome }) => outcome === 'segmented')).toBe(true);
    expect(new Set(current.map(({ segSeriesUid }) => segSeriesUid)).size).toBe(4);
  });

  it('of 200 instances gets one SEG with a frame for each', async () => {
    const series = phantomSeries({ kind: 'dermoscopy', width: 64, height: 48, salt: 'many' }, 200);
    // Signals that are 0.5 s apart would let the study begin before it is complete.
    for (const { bytes } of series) await ours.client.store(bytes);
    const study = series[0]!.studyInstanceUid;
    const complete = await eventually('all 200 instances segmented', async () => {
      const view = await ours.client.study(study);
      const unit = view?.units.find(({ outcome }) => outcome === 'segmented');
      return view?.state === 'done' && unit?.sourceInstanceUids.length === 200 ? unit : undefined;
    });
    const path = { study, series: complete.segSeriesUid!, instance: complete.segInstanceUid! };
    const metadata = (await ours.client.metadata(path))!;
    const { masks } = readSeg(metadata, await ours.client.file(path));
    expect([...masks.keys()]).toEqual(series.map(({ sopInstanceUid }) => sopInstanceUid));
  });
});

describe('a whole-slide image', () => {
  /** Three levels of 0.25, 0.5 and 1 µm, and the picture of the label. */
  const slide = phantomSlide({ salt: 'slide', seed: 3, width: 900, height: 700, micrometres: 0.25 });
  const chosen = slide[1]!;
  const [columns, rows] = [450, 350];

  it('gets one SEG in the tile geometry of the level nearest to the target', async () => {
    for (const { bytes } of slide) await ours.client.store(bytes);
    const study = chosen.studyInstanceUid;
    const unit = await eventually('the slide segmented', async () => {
      const view = await ours.client.study(study);
      const complete = view?.state === 'done' && view.instances === slide.length + 1;
      return complete && view.units.find(({ outcome }) => outcome === 'segmented');
    });
    expect(unit.sourceInstanceUids).toEqual([chosen.sopInstanceUid]);
    expect(unit.reasons.at(-1)).toBe('the level of 0.500 µm a pixel was chosen among 3');
    const path = { study, series: unit.segSeriesUid!, instance: unit.segInstanceUid! };
    const [metadata, file] = [(await ours.client.metadata(path))!, await ours.client.file(path)];
    expect(dciodvfyErrors(file)).toEqual([]);
    expect(numberOf(metadata, TAG.TotalPixelMatrixColumns)).toBe(columns);
    expect(numberOf(metadata, TAG.TotalPixelMatrixRows)).toBe(rows);

    // Every tile is where it says, and nothing is marked beyond the picture's edge.
    const { masks } = readSeg(metadata, file);
    const places = itemsOf(metadata, TAG.PerFrameFunctionalGroupsSequence).map((frame) => {
      const [position] = itemsOf(frame, TAG.PlanePositionSlideSequence);
      const place = [TAG.ColumnPositionInTotalImagePixelMatrix, TAG.RowPositionInTotalImagePixelMatrix];
      return place.map((tag) => numberOf(position!, tag)!);
    });
    expect(places).toHaveLength(masks.size);
    [...masks].forEach(([key, mask], i) => {
      const frame = Number(key.split('.f')[1]) - 1;
      const [column, row] = [(frame % 4) * 128 + 1, Math.floor(frame / 4) * 128 + 1];
      expect(places[i]).toEqual([column, row]);
      const outside = mask.filter(
        (_, at) => column + (at % 128) > columns || row + Math.floor(at / 128) > rows,
      );
      expect(outside.some((value) => value === 1)).toBe(false);
      // Tiles at the edge are filled up with what is brighter than any nucleus.
      const inner = column + 127 <= columns && row + 127 <= rows;
      const { data } = chosen.rasters[frame]!;
      if (inner) expect(meanOver(data, mask, 1)).toBeGreaterThan(meanOver(data, mask, 0) + 10);
    });
  });

  it('says of the label that it is no clinical picture', async () => {
    const view = (await ours.client.study(chosen.studyInstanceUid))!;
    expect(view.outcome).toBe('segmented');
    const label = view.units.find(
      ({ sourceInstanceUids }) => sourceInstanceUids[0] === slide[3]!.sopInstanceUid,
    );
    expect(label).toMatchObject({
      outcome: 'unsupported',
      reasons: ['Image Type LABEL is not a clinical picture'],
    });
  });

  it('without a level near the target ends as unsupported', async () => {
    const coarse = phantomSlide({ salt: 'coarse', levels: 1, width: 200, height: 150, micrometres: 4 })[0]!;
    const one = await send(coarse);
    const view = await finished(ours.client, one.study);
    expect(view).toMatchObject({ outcome: 'unsupported', attempts: 1 });
    expect(view.units[0]!.reasons).toEqual(['no level of the slide is near 0.5 µm a pixel']);
  });
});
