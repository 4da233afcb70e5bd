import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { AppError } from '../../src/core/index.js';
import { type EngineClient } from '../../src/model/index.js';
import { packMask } from '../../src/objects/index.js';
import type { FramePlace } from '../../src/pipeline/frame-source.js';
import { framesUnderWay, openFramesAhead } from '../../src/pipeline/frames-ahead.js';
import type { UnitTask } from '../../src/pipeline/context.js';
import { processStudy, type UnitFollower } from '../../src/pipeline/index.js';
import { buildEngineMain } from '../model/build-engine-main.js';
import { writeTinyModel } from '../model/tiny-model.js';
import { source } from '../objects/seg/support/sources.js';
import { openWatchedEngine } from '../support/watched-engine.js';
import { contextOf, DERMOSCOPIC, memoryArchive, STUDY } from '../support/memory-archive.js';

/** Lets everything happen that waits for nothing. */
const settled = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Frames of instances with so many frames each, whose bytes come and whose masks are done when told. */
function openLine(counts: readonly number[], most: number) {
  const begun: string[] = [];
  const ends = new Map<string, { fetched: () => void; refused: () => void; computed: () => void }>();
  function* places(): Generator<FramePlace, undefined> {
    for (const [sourceIndex, count] of counts.entries())
      for (let frameNumber = 1; frameNumber <= count; frameNumber += 1) yield { sourceIndex, frameNumber };
  }
  let lastIsFetched = false;
  const line = openFramesAhead<string>(
    places(),
    (place) => {
      const name = `${place.sourceIndex}:${place.frameNumber}`;
      begun.push(name);
      const end = { fetched: () => {}, refused: () => {}, computed: () => {} };
      ends.set(name, end);
      const fetched = new Promise<void>((resolve, reject) => {
        end.fetched = resolve;
        end.refused = () => reject(new AppError('ARCHIVE_REFUSED', 'no such frame'));
      });
      const computed = new Promise<string>((resolve) => (end.computed = () => resolve(name)));
      return { place, fetched, computed };
    },
    () => most,
    () => (lastIsFetched = true),
  );
  const tell = async (what: 'fetched' | 'refused' | 'computed', ...names: string[]) => {
    for (const name of names) {
      ends.get(name)![what]();
      await settled();
    }
  };
  return {
    line,
    begun,
    tell,
    nameOfNext: () => placeName(line.next()?.place),
    lastIsFetched: () => lastIsFetched,
  };
}

const placeName = (place: FramePlace | undefined) => place && `${place.sourceIndex}:${place.frameNumber}`;

describe('frames that are begun before they are asked for', () => {
  it('tell when the last one is fetched and none is under way before it', async () => {
    const { tell, nameOfNext, lastIsFetched } = openLine([2], 2);
    expect(nameOfNext()).toBe('0:1');
    await tell('fetched', '0:1', '0:2');
    expect(lastIsFetched()).toBe(false);
    await tell('computed', '0:1');
    expect(nameOfNext()).toBe('0:2');
    await settled();
    expect(lastIsFetched()).toBe(true);
    const alone = openLine([1], 2);
    expect(alone.nameOfNext()).toBe('0:1');
    await settled();
    expect(alone.lastIsFetched()).toBe(false);
    await alone.tell('fetched', '0:1');
    expect(alone.lastIsFetched()).toBe(true);
  });

  it('are each begun when the one before is fetched, as far as there is room', async () => {
    const { begun, tell, nameOfNext } = openLine([6], 3);
    expect(nameOfNext()).toBe('0:1');
    await settled();
    expect(begun).toEqual(['0:1']);
    await tell('fetched', '0:1', '0:2', '0:3');
    expect(begun).toEqual(['0:1', '0:2', '0:3']);
    expect(nameOfNext()).toBe('0:2');
    await settled();
    expect(begun).toEqual(['0:1', '0:2', '0:3', '0:4']);
    await tell('fetched', '0:4');
    expect(begun).toHaveLength(4);
  });

  it('come in their order, each once, over all instances', async () => {
    const { begun, tell, nameOfNext } = openLine([2, 1, 2], 2);
    const names: (string | undefined)[] = [];
    for (let name = nameOfNext(); name; name = nameOfNext()) {
      names.push(name);
      await tell('fetched', name);
    }
    expect(names).toEqual(['0:1', '0:2', '1:1', '2:1', '2:2']);
    expect([begun, nameOfNext()]).toEqual([names, undefined]);
  });

  it('are none behind one that does not come, until it is passed over', async () => {
    const { begun, tell, nameOfNext } = openLine([4, 2], 4);
    nameOfNext();
    await tell('fetched', '0:1', '0:2');
    await tell('refused', '0:3');
    expect(begun).toEqual(['0:1', '0:2', '0:3']);
    expect([nameOfNext(), nameOfNext()]).toEqual(['0:2', '0:3']);
    // Which places follow is for whoever names them: here the instance has not ended.
    expect(nameOfNext()).toBe('0:4');
  });

  it('are waited for at a stop, and no more are begun', async () => {
    const { line, begun, tell, nameOfNext } = openLine([6], 4);
    nameOfNext();
    await tell('fetched', '0:1', '0:2');
    let isStopped = false;
    const stop = line.stop().then(() => (isStopped = true));
    await tell('fetched', '0:3');
    await tell('computed', '0:2');
    expect([begun, isStopped]).toEqual([['0:1', '0:2', '0:3'], false]);
    await tell('computed', '0:3');
    await stop;
  });
});

describe('how many frames of a unit are under way', () => {
  const channels = [
    { name: 'xray', index: 0, threshold: 0.5, tiles: 1, views: 1 },
    { name: 'fundus', index: 1, threshold: 0.5, tiles: 6, views: 1 },
  ];
  const underWay = (batchSize: number | undefined, channel: string, header: Record<string, number>) =>
    framesUnderWay(
      {
        unit: {
          sources: [
            Object.fromEntries(
              Object.entries(header).map(([tag, value]) => [tag, { vr: 'US', Value: [value] }]),
            ),
          ],
        },
        context: { engine: { state: () => batchSize && { provider: 'cpu', batchSize } } },
        model: { channels },
        decision: { channel },
      } as unknown as UnitTask,
      { sourceIndex: 0, frameNumber: 1 },
    );
  const of = (rows: number, columns: number, samples = 1, bits = 8) => ({
    '00280010': rows,
    '00280011': columns,
    '00280002': samples,
    '00280100': bits,
  });

  it('is two where pictures go one by one', () => {
    expect(underWay(1, 'xray', of(64, 64))).toBe(2);
    expect(underWay(undefined, 'xray', of(64, 64))).toBe(2);
    expect(underWay(16, 'fundus', of(64, 64))).toBe(2);
  });

  it('is twice what goes together, and less where frames are large', () => {
    expect(underWay(16, 'xray', of(64, 64))).toBe(32);
    expect(underWay(3, 'xray', of(64, 64))).toBe(6);
    // 1024 x 1024 pixels of three bytes and a mask: 4 MiB.
    expect(underWay(16, 'xray', of(1024, 1024, 3))).toBe(16);
    expect(underWay(16, 'xray', of(2048, 2048, 1, 16))).toBe(5);
    expect(underWay(16, 'xray', of(30_000, 30_000))).toBe(2);
    expect(underWay(16, 'xray', {})).toBe(32);
  });
});

describe('a loop in an engine that takes several pictures together', { timeout: 60_000 }, () => {
  const engines: EngineClient[] = [];
  let entry = '';
  let manifestPath = '';
  beforeAll(() => {
    entry = buildEngineMain();
    manifestPath = writeTinyModel({ detector: true });
  }, 60_000);
  afterEach(() => Promise.all(engines.splice(0).map((engine) => engine.close())));

  const FRAMES = 21;

  /** A loop whose frames are bright in ever more rows. @param change what the archive gives of a frame instead */
  async function runLoop(
    batchSize: number,
    change: (frameNumber: number) => { bytes?: Uint8Array } | AppError = () => ({}),
  ) {
    const shares: number[] = [];
    const engine = openWatchedEngine(
      { entry, manifestPath, batchSize },
      ({ infer }) => void shares.push(infer),
    );
    engines.push(engine);
    const archive = memoryArchive([
      source({}, { ...DERMOSCOPIC, '00280008': { vr: 'IS', Value: [FRAMES] } }),
    ]);
    const fetched: number[] = [];
    archive.dicomweb.frame = async (_, frameNumber) => {
      fetched.push(frameNumber);
      const changed = change(frameNumber);
      if (changed instanceof AppError) throw changed;
      const bytes = new Uint8Array(6 * 9).fill(255, 9 * (frameNumber % 6));
      return { bytes, transferSyntaxUid: '1.2.840.10008.1.2.1', ...changed };
    };
    const masks: [number, number[]][] = [];
    const follower: UnitFollower = {
      keeps: () => () => false,
      ended: (_unit, _result, found) => {
        for (const { frameNumber, mask } of found) masks.push([frameNumber, [...packMask(mask).bits]]);
      },
    };
    const run = await processStudy(STUDY, { ...contextOf(archive, SEG), engine, follower }, undefined);
    return { engine, units: run!.units, masks, fetched, shares };
  }
  const SEG = { profile: 'viewer', form: 'binary', measurements: false } as const;

  it('has the masks that its frames have one by one, in their order', async () => {
    const one = await runLoop(1);
    const several = await runLoop(4);
    expect(one.masks.map(([frameNumber]) => frameNumber)).toEqual(
      Array.from({ length: FRAMES }, (_, i) => i + 1),
    );
    expect(several.masks).toEqual(one.masks);
    const told = ({ units }: typeof one) =>
      units.map(({ outcome, frames, pixelsSha256 }) => ({ outcome, frames, pixelsSha256 }));
    expect(told(several)).toEqual(told(one));
    expect(several.fetched).toEqual(one.fetched);
    // The classification of one frame, then each frame; those that went together have the same share.
    expect([one.shares.length, several.shares.length]).toEqual([FRAMES + 1, FRAMES + 1]);
    expect(new Set(several.shares).size).toBeLessThan(FRAMES - 8);
  });

  it('fails by its first bad frame, and nothing goes on in the engine', async () => {
    const { units, fetched, engine, shares } = await runLoop(4, (n) =>
      n === 6 ? { bytes: new Uint8Array(5) } : {},
    );
    expect(units).toMatchObject([{ outcome: 'failed', error: { code: 'PIXELS_INVALID' } }]);
    // Two batches of four at most are under way with the bad frame, beside the one that was classified.
    expect(Math.max(...fetched.filter((n) => n !== 11))).toBeLessThanOrEqual(6 + 7);
    const soFar = shares.length;
    await engine.load();
    expect(shares.length).toBe(soFar);
  });

  it('that is shorter than its header says gets a result for the frames that are there', async () => {
    const { units, masks } = await runLoop(4, (frameNumber) =>
      frameNumber > 14 ? new AppError('ARCHIVE_REFUSED', 'there is no such frame') : {},
    );
    expect(masks.map(([frameNumber]) => frameNumber)).toEqual(Array.from({ length: 14 }, (_, i) => i + 1));
    expect(units).toMatchObject([{ outcome: 'segmented', frames: { total: 14 } }]);
    expect(units[0]!.reasons).toContain(`NumberOfFrames is ${FRAMES}, but the archive has 14: 7 missing`);
  });
});
