import { writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { DicomJson } from '../../src/dicom/index.js';
import { openEngine, type Picture } from '../../src/model/index.js';
import { processStudy } from '../../src/pipeline/index.js';
import { openLending } from '../../src/worker/slots/lending.js';
import { openSlotEngine, type SlotEngine } from '../../src/worker/slots/model-switch.js';
import { buildEngineMain } from '../model/build-engine-main.js';
import { writeTinyModel } from '../model/tiny-model.js';
import { source } from '../objects/seg/support/sources.js';
import { contextOf, DERMOSCOPIC, memoryArchive, STUDY } from '../support/memory-archive.js';

const SEG = { profile: 'viewer', form: 'binary', measurements: false } as const;
let entry = '';
let crashing = '';
let manifestPath = '';
const open: SlotEngine[] = [];

beforeAll(() => {
  entry = buildEngineMain();
  manifestPath = writeTinyModel({ detector: true });
  // Classifies, and ends when it is to segment.
  crashing = join(dirname(entry), 'crashing-main.js');
  writeFileSync(
    crashing,
    `import ort from 'onnxruntime-node';
const create = ort.InferenceSession.create.bind(ort.InferenceSession);
ort.InferenceSession.create = async (...options) => {
  const session = await create(...options);
  const run = session.run.bind(session);
  session.run = (inputs, outputs) => (inputs.modality ? process.exit(70) : run(inputs, outputs));
  return session;
};
await import('./engine-main.js');
`,
  );
}, 60_000);
afterEach(() => Promise.all(open.splice(0).map((engine) => engine.close())));

type Asked = 'detect' | 'segment';

/** The engine of a slot, and what it is asked. @param during called while it does a picture */
async function slot(
  options: { main?: string; manifest?: string; during?: (asked: Asked) => Promise<unknown> } = {},
) {
  const asked: Asked[] = [];
  let pictures = 0;
  const engine = openSlotEngine(
    (manifest) =>
      openEngine({
        entry: options.main ?? entry,
        manifestPath: manifest,
        threads: 1,
        provider: 'cpu',
        deadlineMs: 60_000,
        memoryBytes: 2 ** 33,
      }),
    { id: 'tiny', manifestPath: options.manifest ?? manifestPath },
  );
  await engine.load();
  const noted = async <T>(what: Asked, answer: () => Promise<T>): Promise<T> => {
    asked.push(what);
    pictures += 1;
    try {
      await options.during?.(what);
      return await answer();
    } finally {
      pictures -= 1;
    }
  };
  const watched: SlotEngine = {
    ...engine,
    detect: (picture: Picture) => noted('detect', () => engine.detect(picture)),
    segment: (picture, channel) => noted('segment', () => engine.segment(picture, channel)),
  };
  open.push(watched);
  return {
    engine: watched,
    asked,
    segmented: () => asked.filter((what) => what === 'segment').length,
    isBusy: () => pictures > 0,
  };
}

const loop = (frames: number) => [source({ NumberOfFrames: frames }, DERMOSCOPIC)];
const images = (count: number) =>
  Array.from({ length: count }, (_, i) =>
    source(
      { SeriesInstanceUID: `1.2.3.4.${i + 1}`, SOPInstanceUID: `1.2.3.4.${i + 1}.1`, NumberOfFrames: 1 },
      DERMOSCOPIC,
    ),
  );

/** Each frame has something else to show. */
function archiveOf(sources: readonly DicomJson[]) {
  const archive = memoryArchive(sources);
  const frame: typeof archive.dicomweb.frame = async (path, frameNumber, form) => ({
    ...(await archive.dicomweb.frame(path, frameNumber, form)),
    bytes: new Uint8Array(6 * 9).fill(255, 9 + frameNumber).fill(frameNumber, 0, 1),
  });
  return { ...archive, dicomweb: { ...archive.dicomweb, frame } };
}

function run(sources: readonly DicomJson[], engine: SlotEngine | ReturnType<typeof helpedBy>) {
  return processStudy(STUDY, { ...contextOf(archiveOf(sources), SEG), engine }, undefined);
}

/** A study's engine with the help of others. */
function helpedBy(own: SlotEngine, others: readonly SlotEngine[]) {
  const lending = openLending([own, ...others]);
  void lending.take(own);
  return lending.helped(own);
}

describe('a study alone on its machine', { timeout: 120_000 }, () => {
  it.each([
    ['a loop', loop(24)],
    ['many images', images(8)],
  ])('has its pictures done by both engines: %s', async (_, sources) => {
    const [alone, own, other] = [await slot(), await slot(), await slot()];
    const expected = await run(sources, alone.engine);
    const found = await run(sources, helpedBy(own.engine, [other.engine]));
    expect(expected.outcome).toBe('segmented');
    expect(found).toEqual(expected);
    expect(other.segmented()).toBeGreaterThan(0);
    expect(own.segmented()).toBeGreaterThan(0);
    // None is asked about twice.
    expect(own.segmented() + other.segmented()).toBe(alone.segmented());
  });

  it('has the same results when an engine that helps crashes, and asks that one no more', async () => {
    const [alone, own, other] = [await slot(), await slot(), await slot({ main: crashing })];
    const expected = await run(loop(12), alone.engine);
    expect(await run(loop(12), helpedBy(own.engine, [other.engine]))).toEqual(expected);
    expect(other.segmented()).toBe(1);
    expect(own.segmented()).toBe(12);
  });

  it('has no help of an engine with another model', async () => {
    const stricter = writeTinyModel({
      detector: true,
      change: (manifest) => ({
        ...manifest,
        channels: manifest.channels.map((channel) => ({ ...channel, threshold: 0.6 })),
      }),
    });
    const [own, other] = [await slot(), await slot({ manifest: stricter })];
    await run(loop(12), helpedBy(own.engine, [other.engine]));
    expect([own.segmented(), other.asked]).toEqual([12, []]);
  });

  it('fails by what its own engine says', async () => {
    const [own, other] = [await slot({ main: crashing }), await slot({ main: crashing })];
    const { units } = await run(loop(6), helpedBy(own.engine, [other.engine]));
    expect(units).toMatchObject([{ outcome: 'failed', error: { code: 'ENGINE_CRASHED' } }]);
    expect(own.segmented()).toBeGreaterThan(0);
  });
});

describe('a second study', { timeout: 120_000 }, () => {
  it('gets its engine when the picture that it is lent for is done, and keeps it', async () => {
    const taken: { busy: boolean; asked: number }[] = [];
    const own = await slot();
    let take: Promise<void> | undefined;
    const other = await slot({
      during: async () => {
        await new Promise<void>((resolve) => void setImmediate(resolve));
        take ??= lending.take(other.engine).then(() => {
          taken.push({ busy: other.isBusy(), asked: other.asked.length });
        });
      },
    });
    const lending = openLending([own.engine, other.engine]);
    await lending.take(own.engine);
    const helped = lending.helped(own.engine);
    expect(helped.helpers?.()).toBe(1);
    const { outcome } = await run(loop(24), helped);
    await take;
    expect(outcome).toBe('segmented');
    expect(taken).toEqual([{ busy: false, asked: 1 }]);
    expect(other.asked).toHaveLength(1);
    expect(helped.helpers?.()).toBe(0);
    lending.giveBack(other.engine);
    expect(helped.helpers?.()).toBe(1);
  });
});
