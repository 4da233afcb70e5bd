import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError, type UnitResult } from '../../src/core/index.js';
import type { DicomJson } from '../../src/dicom/index.js';
import { type EngineClient } from '../../src/model/index.js';
import { processStudy, type StudyContext, type UnitFollower } from '../../src/pipeline/index.js';
import { compareUnit, type SeenUnit } from '../../src/worker/shadow/compare-unit.js';
import { keepMasks, planPictures } from '../../src/worker/shadow/shadow-frames.js';
import { buildEngineMain } from '../model/build-engine-main.js';
import { writeTinyModel } from '../model/tiny-model.js';
import { source } from '../objects/seg/support/sources.js';
import { openWatchedEngine } from '../support/watched-engine.js';
import { contextOf, DERMOSCOPIC, memoryArchive, STUDY } from '../support/memory-archive.js';

const SEG = { profile: 'viewer', form: 'binary', measurements: false } as const;
const ENOUGH = 2 ** 20;
let entry = '';
let manifestPath = '';
const engines: EngineClient[] = [];

beforeAll(() => {
  entry = buildEngineMain();
  manifestPath = writeTinyModel({ detector: true });
}, 60_000);

afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.close())));

/** An engine process that recognises by pixels, and what it has done: one entry a request with a picture. */
function countingEngine() {
  const requests: { decoded: boolean }[] = [];
  const engine = openWatchedEngine(
    { entry, manifestPath },
    ({ decode }) => void requests.push({ decoded: decode > 0 }),
  );
  engines.push(engine);
  return { engine, requests, decodes: () => requests.filter(({ decoded }) => decoded).length };
}

type Fetch = (
  frameNumber: number,
  form: string,
) => { bytes?: Uint8Array; transferSyntaxUid?: string } | AppError;

/** An archive that counts the frames it is asked for. @param answer changes what it gives */
function countingArchive(images: readonly DicomJson[], answer: Fetch = () => ({})) {
  const archive = memoryArchive(images);
  const fetches: string[] = [];
  const frame: typeof archive.dicomweb.frame = async (path, frameNumber, form) => {
    fetches.push(`${path.instance} ${frameNumber} ${form}`);
    const changed = answer(frameNumber, form);
    if (changed instanceof AppError) throw changed;
    return { ...(await archive.dicomweb.frame(path, frameNumber, form)), ...changed };
  };
  return { archive: { ...archive, dicomweb: { ...archive.dicomweb, frame } }, fetches };
}

const multiFrame = (frames: number) =>
  source({}, { ...DERMOSCOPIC, '00280008': { vr: 'IS', Value: [frames] } });

/** Follows a run as a shadow model does. */
function follower(budget: number): UnitFollower & { seen: SeenUnit[] } {
  const seen: SeenUnit[] = [];
  return {
    seen,
    keeps: (unit) => planPictures(unit, budget).keeps,
    ended: (unit, result, masks, frames) =>
      void seen.push({ unit, result, frames, kept: keepMasks(unit, masks) }),
  };
}

async function compareAll(units: readonly SeenUnit[], context: StudyContext) {
  const model = await context.engine.load();
  return Promise.all(units.map((unit) => compareUnit(STUDY, unit, context, model)));
}

const decidedByPixelsToo = (units: readonly UnitResult[] | undefined) =>
  expect(units!.map(({ reasons }) => reasons.join('; '))).toEqual([expect.stringMatching(/pixels/)]);

describe('a frame that is recognised by its pixels and then segmented', { timeout: 60_000 }, () => {
  it('is fetched once and decoded once', async () => {
    const { archive, fetches } = countingArchive([source({}, DERMOSCOPIC)]);
    const { engine, requests, decodes } = countingEngine();
    const run = await processStudy(STUDY, { ...contextOf(archive, SEG), engine }, undefined);
    decidedByPixelsToo(run?.units);
    expect([fetches.length, decodes(), requests.length]).toEqual([1, 1, 2]);
  });

  it('is fetched once and decoded once with a shadow model, too', async () => {
    const bytes = new Uint8Array(6 * 9).fill(255, 3 * 9);
    const { archive, fetches } = countingArchive([source({}, DERMOSCOPIC)], () => ({ bytes }));
    const [main, shadow] = [countingEngine(), countingEngine()];
    const context = contextOf(archive, SEG);
    const followed = follower(ENOUGH);
    await processStudy(STUDY, { ...context, engine: main.engine, follower: followed }, undefined);
    const compared = await compareAll(followed.seen, { ...context, engine: shadow.engine });
    expect(compared).toEqual([{ channel: 'dermoscopy', same: true, dice: 1 }]);
    expect([fetches.length, main.decodes() + shadow.decodes()]).toEqual([1, 1]);
    // Both have really looked at it, twice.
    expect(shadow.requests).toHaveLength(2);
  });

  it('that the archive had to decode is not asked for as stored again', async () => {
    const unknown = (_: number, form: string) => (form === 'as-stored' ? { transferSyntaxUid: '1.2.3' } : {});
    const { archive, fetches } = countingArchive([source({}, DERMOSCOPIC)], unknown);
    const { engine, decodes } = countingEngine();
    const run = await processStudy(STUDY, { ...contextOf(archive, SEG), engine }, undefined);
    decidedByPixelsToo(run?.units);
    expect(fetches.map((fetch) => fetch.split(' ')[2])).toEqual(['as-stored', 'uncompressed']);
    expect(decodes()).toBeLessThanOrEqual(2);
  });
});

describe('a unit of many frames', { timeout: 60_000 }, () => {
  it('has each fetched and decoded once, the one in its middle too', async () => {
    const { archive, fetches } = countingArchive([multiFrame(9)]);
    const { engine, decodes } = countingEngine();
    const run = await processStudy(STUDY, { ...contextOf(archive, SEG), engine }, undefined);
    expect(run!.units).toMatchObject([{ frames: { total: 9 } }]);
    expect([fetches.length, new Set(fetches).size, decodes()]).toEqual([9, 9, 9]);
  });

  it('is never in memory as a whole: one frame is fetched ahead, no more', async () => {
    const ahead: number[] = [];
    const { engine, requests } = countingEngine();
    const { archive } = countingArchive([multiFrame(9)], (frameNumber) => {
      // The first request was that of routing.
      ahead.push(frameNumber - Math.max(0, requests.length - 1));
      return {};
    });
    await processStudy(STUDY, { ...contextOf(archive, SEG), engine }, undefined);
    expect(Math.max(...ahead.slice(1))).toBe(2);
  });

  it('has its masks in the order of its frames, the last of which come faster than the first', async () => {
    const { archive } = countingArchive([multiFrame(6)], () => ({
      bytes: new Uint8Array(6 * 9).fill(255, 3 * 9),
    }));
    const { frame } = archive.dicomweb;
    archive.dicomweb.frame = async (path, frameNumber, form) => {
      await wait(8 * (6 - frameNumber));
      return frame(path, frameNumber, form);
    };
    const { engine } = countingEngine();
    const numbers: number[] = [];
    const order: UnitFollower = {
      keeps: () => () => false,
      ended: (_unit, _result, masks) => void numbers.push(...masks.map(({ frameNumber }) => frameNumber)),
    };
    await processStudy(STUDY, { ...contextOf(archive, SEG), engine, follower: order }, undefined);
    expect(numbers).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it.each([
    ['the damaged frame before the one that is refused', 3, 4, 'PIXELS_INVALID'],
    ['the refused frame before the one that is damaged', 4, 3, 'ARCHIVE_REFUSED'],
  ])('fails by the first of its bad frames: %s', async (_, damaged, refused, code) => {
    const { archive, fetches } = countingArchive([multiFrame(9)], (frameNumber) => {
      if (frameNumber === refused) return new AppError('ARCHIVE_REFUSED', 'there is no such frame');
      return frameNumber === damaged ? { bytes: new Uint8Array(5) } : {};
    });
    const { engine, requests } = countingEngine();
    const run = await processStudy(STUDY, { ...contextOf(archive, SEG), engine }, undefined);
    expect(run!.units).toMatchObject([{ outcome: 'failed', error: { code } }]);
    // Routing looked at the middle one; behind the bad one no more than the next was begun.
    const numbers = fetches.map((fetch) => Number(fetch.split(' ')[1]));
    expect(numbers.filter((number) => number > 4 && number !== 5 && number !== 9)).toEqual([]);
    const soFar = requests.length;
    await engine.load();
    expect(requests.length).toBe(soFar);
  });

  it('stops between two frames when somebody wants it to', async () => {
    const { archive, fetches } = countingArchive([multiFrame(9)]);
    const { engine, requests } = countingEngine();
    // Of the frames one was computed, one is under way.
    const isCancelled = async () => requests.length >= 3;
    const context = { ...contextOf(archive, SEG), engine, isCancelled };
    const run = await processStudy(STUDY, context, undefined);
    expect(run!.cancelled).toMatchObject({ code: 'CANCELLED' });
    expect(requests.length).toBeLessThanOrEqual(5);
    expect(fetches.length).toBeLessThanOrEqual(5);
    const soFar = requests.length;
    await engine.load();
    expect(requests.length).toBe(soFar);
  });

  it('is fetched ahead over the instances of a stack as well', async () => {
    const stack = [1, 2, 3].map((n) =>
      source({ SOPInstanceUID: `1.2.3.4.5.${n}`, InstanceNumber: n }, DERMOSCOPIC),
    );
    const { archive, fetches } = countingArchive(stack);
    const { engine, decodes } = countingEngine();
    await processStudy(STUDY, { ...contextOf(archive, SEG), engine }, undefined);
    expect([fetches.length, new Set(fetches).size, decodes()]).toEqual([3, 3, 3]);
  });

  it('has what exceeds the memory for a shadow model fetched again, and is compared all the same', async () => {
    const { archive, fetches } = countingArchive([multiFrame(4)]);
    const [main, shadow] = [countingEngine(), countingEngine()];
    const context = contextOf(archive, SEG);
    // Room for two pictures of 6 x 9 pixels.
    const followed = follower(2 * 6 * 9 * 3);
    await processStudy(STUDY, { ...context, engine: main.engine, follower: followed }, undefined);
    const [compared] = await compareAll(followed.seen, { ...context, engine: shadow.engine });
    expect(compared).toMatchObject({ same: true });
    expect([fetches.length, main.decodes() + shadow.decodes()]).toEqual([6, 6]);
  });
});
