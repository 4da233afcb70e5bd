import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/index.js';
import { type DicomJson, itemsOf, stringOf, TAG } from '../../src/dicom/index.js';
import { type EngineClient, type Picture } from '../../src/model/index.js';
import { processStudy, type StudyContext } from '../../src/pipeline/index.js';
import { buildEngineMain } from '../model/build-engine-main.js';
import { writeTinyModel } from '../model/tiny-model.js';
import { source } from '../objects/seg/support/sources.js';
import { readWithDcmtk } from '../objects/seg/support/tools.js';
import { openWatchedEngine } from '../support/watched-engine.js';
import { contextOf, DERMOSCOPIC, memoryArchive, STUDY } from '../support/memory-archive.js';
import { eventually } from '../support/stack.js';

const SEG = { profile: 'viewer', form: 'binary', measurements: false } as const;
let entry = '';
let manifestPath = '';
const engines: EngineClient[] = [];

beforeAll(() => {
  entry = buildEngineMain();
  manifestPath = writeTinyModel({ detector: true });
}, 60_000);
afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.close())));

/** A display unit of its own, in a series of its own. @param n its number, from 1 */
const unit = (n: number, frames = 1) =>
  source(
    { SeriesInstanceUID: `1.2.3.4.${n}`, SOPInstanceUID: `1.2.3.4.${n}.1`, NumberOfFrames: frames },
    DERMOSCOPIC,
  );
const numberOf = (uid: string | undefined) => Number(uid!.split('.')[4]);
const unitOfSeg = (seg: DicomJson) =>
  numberOf(stringOf(itemsOf(seg, TAG.ReferencedSeriesSequence)[0]!, TAG.SeriesInstanceUID));

/** Bright from the middle down, so that there is a mask; the first pixel is the number of the unit. */
const pixelsOf = (n: number) => new Uint8Array(6 * 9).fill(255, 3 * 9).fill(n, 0, 1);
const unitOf = (picture: Picture) => ('pixels' in picture ? picture.bytes[0]! : undefined);

/** An engine process that recognises by pixels. @param decoded called for each picture that it decodes */
function openTinyEngine(decoded: () => void): EngineClient {
  const engine = openWatchedEngine({ entry, manifestPath }, ({ decode }) => void (decode > 0 && decoded()));
  engines.push(engine);
  return engine;
}

/** A study of units in an archive in memory, a real engine, and what happens with which unit, in order. */
function studyOf(units: readonly DicomJson[], change: Partial<StudyContext> = {}) {
  const log: string[] = [];
  const happened = (...lines: string[]) =>
    eventually(lines.join(', '), async () => lines.every((line) => log.includes(line)));
  let decodes = 0;
  const archive = memoryArchive(units);
  /** Called before a SEG comes into the archive. */
  const hooks: { storing: (unit: number) => Promise<unknown> } = { storing: async () => undefined };
  const dicomweb: typeof archive.dicomweb = {
    ...archive.dicomweb,
    async frame(path, frameNumber, form) {
      const n = numberOf(path.instance);
      if (frameNumber > 1) throw new AppError('ARCHIVE_REFUSED', 'there is no such frame');
      log.push(`fetch ${n}`);
      return { ...(await archive.dicomweb.frame(path, frameNumber, form)), bytes: pixelsOf(n) };
    },
    async store(study, files) {
      const n = unitOfSeg(readWithDcmtk(files[0]!));
      log.push(`store ${n}`);
      await hooks.storing(n);
      const answer = await archive.dicomweb.store(study, files);
      log.push(`stored ${n}`);
      return answer;
    },
  };
  const engine = openTinyEngine(() => (decodes += 1));
  const asked = async <T>(what: string, picture: Picture, answer: Promise<T>): Promise<T> => {
    log.push(`${what} ${unitOf(picture)}`);
    await answer;
    log.push(`${what} answered ${unitOf(picture)}`);
    return answer;
  };
  const context: StudyContext = {
    ...contextOf({ ...archive, dicomweb }, SEG),
    engine: {
      ...engine,
      detect: (picture) => asked('detect', picture, engine.detect(picture)),
      segment: (picture, channel) => asked('segment', picture, engine.segment(picture, channel)),
    },
    note: async (_event, detail) =>
      void log.push(`note ${numberOf(String(detail?.sourceSeriesUid))} ${String(detail?.outcome)}`),
    ...change,
  };
  return {
    log,
    hooks,
    happened,
    run: () => processStudy(STUDY, context, undefined),
    notes: () => log.filter((line) => line.startsWith('note')),
    decodes: () => decodes,
    /** Units whose SEG is in the archive, in the order in which they came. */
    stored: () => archive.stored.map(unitOfSeg),
    /** How often the engine was asked, once nothing is in its line any more. */
    asked: async () => {
      await engine.load();
      return log.filter((line) => /^(detect|segment) \d/.test(line)).length;
    },
  };
}

const units = (count: number) => Array.from({ length: count }, (_, i) => unit(i + 1));

const expectBefore = (log: readonly string[], one: string, other: string) => {
  expect(log).toEqual(expect.arrayContaining([one, other]));
  expect(log.indexOf(one), `${one} before ${other} in: ${log.join(', ')}`).toBeLessThan(log.indexOf(other));
};

describe('a study of several display units', { timeout: 120_000 }, () => {
  it('has one computed while the SEG of the one before is stored; results keep their order', async () => {
    const study = studyOf(units(4));
    study.hooks.storing = async (n) => n < 4 && study.happened(`segment answered ${n + 1}`);
    const run = await study.run();
    expect(run).toMatchObject({ outcome: 'segmented', stored: 4, instances: 8 });
    expect(run.units.map(({ sourceSeriesUid }) => numberOf(sourceSeriesUid))).toEqual([1, 2, 3, 4]);
    expect(run.observed.map(({ pixelsSha256 }) => pixelsSha256)).toEqual(
      run.units.map(({ pixelsSha256 }) => pixelsSha256),
    );
    expect(study.stored()).toEqual([1, 2, 3, 4]);
    expect(study.notes()).toEqual([1, 2, 3, 4].map((n) => `note ${n} segmented`));
  });

  it('has no picture classified between the two questions about another, and each decoded once', async () => {
    const study = studyOf(units(4));
    await study.run();
    expect(study.log.filter((line) => /^(detect|segment) \d/.test(line))).toEqual(
      [1, 2, 3, 4].flatMap((n) => [`detect ${n}`, `segment ${n}`]),
    );
    expect(study.decodes()).toBe(4);
  });

  it('has two in work at most', async () => {
    const study = studyOf(units(3));
    study.hooks.storing = async (n) => n === 1 && study.happened('segment answered 2');
    await study.run();
    expectBefore(study.log, 'note 1 segmented', 'fetch 3');
  });

  it('has one that is large alone in work', async () => {
    // Of 162 million pixels, as its header says.
    const study = studyOf([unit(1), unit(2, 3_000_000), unit(3)]);
    const run = await study.run();
    expect(run.units).toMatchObject([1, 1, 1].map((total) => ({ outcome: 'segmented', frames: { total } })));
    expectBefore(study.log, 'note 1 segmented', 'fetch 2');
    expectBefore(study.log, 'note 2 segmented', 'fetch 3');
  });
});

describe('a result that the archive refuses while the next unit is computed', { timeout: 120_000 }, () => {
  const refusing = (code: 'STORE_FAILED' | 'ARCHIVE_UNREACHABLE', change: Partial<StudyContext> = {}) => {
    const study = studyOf(units(3), change);
    study.hooks.storing = async (n) => {
      if (n !== 1) return;
      await study.happened('segment answered 2');
      throw new AppError(code, 'refused by the test');
    };
    return study;
  };

  it('fails its unit alone', async () => {
    const study = refusing('STORE_FAILED');
    const run = await study.run();
    expect(run.units.map(({ outcome, error }) => error?.code ?? outcome)).toEqual([
      'STORE_FAILED',
      'segmented',
      'segmented',
    ]);
    expect(study.notes()).toEqual(['note 1 failed', 'note 2 segmented', 'note 3 segmented']);
    expect(study.stored()).toEqual([2, 3]);
  });

  it('does not hold up the others when it is to be tried again', async () => {
    const study = refusing('STORE_FAILED', { lastAttempt: false });
    await expect(study.run()).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(study.notes()).toEqual(['note 2 segmented', 'note 3 segmented']);
    expect(study.stored()).toEqual([2, 3]);
  });

  it('ends the study when the archive is away: nothing more is stored or computed', async () => {
    const study = refusing('ARCHIVE_UNREACHABLE');
    await expect(study.run()).rejects.toMatchObject({ code: 'ARCHIVE_UNREACHABLE' });
    const then = [...study.log];
    expect(study.notes()).toEqual([]);
    expect(study.stored()).toEqual([]);
    expect(then).not.toContain('fetch 3');
    expect(await study.asked()).toBe(4);
    expect(study.log).toEqual(then);
  });
});

describe('a study that is stopped', { timeout: 120_000 }, () => {
  it('while one unit is stored and the next computed has the result of the first alone', async () => {
    let stopped = false;
    const study = studyOf(units(3), { isCancelled: async () => stopped });
    study.hooks.storing = async (n) => {
      if (n !== 1) return;
      await study.happened('segment answered 2');
      stopped = true;
    };
    const run = await study.run();
    const then = [...study.log];
    expect(run).toMatchObject({ cancelled: { code: 'CANCELLED' }, stored: 1, tag: undefined });
    expect(run.units.map(({ sourceSeriesUid }) => numberOf(sourceSeriesUid))).toEqual([1]);
    expect(study.notes()).toEqual(['note 1 segmented']);
    expect(study.stored()).toEqual([1]);
    expect(then).not.toContain('fetch 3');
    expect(await study.asked()).toBe(4);
    expect(study.log).toEqual(then);
  });

  it('while its last frame is computed stores nothing of it', async () => {
    let stopped = false;
    const study = studyOf([unit(1)], {
      isCancelled: async () => (stopped ||= study.log.includes('segment answered 1')),
    });
    const run = await study.run();
    expect(run).toMatchObject({ cancelled: { code: 'CANCELLED' }, units: [], stored: 0 });
    expect(study.stored()).toEqual([]);
  });
});
