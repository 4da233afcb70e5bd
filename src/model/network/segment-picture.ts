import { Tensor } from 'onnxruntime-node';
import { AppError, type Raster } from '../../core/index.js';
import { type BatchLimit, inBatches } from './batches.js';
import { contentOf, cutToContent, putBack } from './crop.js';
import { enlarged, type LogitMap, type Size } from './logit-map.js';
import type { Manifest, ManifestChannel, ModelInput } from './manifest-schema.js';
import { type Logits, type MeanLogits, meanOverViews, viewsOf } from './mirroring.js';
import { type NetworkFacts, postprocess, type Segmentation } from './postprocess.js';
import { preprocess } from './preprocess.js';
import type { Output, Session } from './session.js';
import { blend, cut, type Window, windowsOf } from './tiling.js';

const MASK_OUTPUT = 'mask_logits';

/** What a session must take and give for all channels of a model. */
export function segmenterContract({ channels }: Manifest) {
  const presence = channels.flatMap((channel) => channel.presence?.output ?? []);
  return { inputs: ['image', 'modality'], outputs: [...new Set([MASK_OUTPUT, ...presence])] };
}

/**
 * Pictures to masks of their size, by the channel's rules: crop, tiles, views, network, threshold, clean, put back. Their tiles
 * and views go through the network together; all else is done for each picture by itself.
 * @param rasters of whatever sizes
 * @param limit tiles and views that go through the network together; made smaller where memory does not suffice
 * @returns what was found in each picture, in their order
 */
export async function segmentPictures(
  session: Session,
  { input }: Manifest,
  channel: ManifestChannel,
  rasters: readonly Raster[],
  limit: BatchLimit,
): Promise<readonly Segmentation[]> {
  const scaled = { ...input, size: channel.size ?? input.size };
  const pictures = rasters.map((raster) => planned(raster, input, channel));
  const answers = inBatches(imagesOf(pictures, scaled, channel.views), limit, (batch) =>
    runBatch(session, batch, scaled.size, channel),
  );
  const found: Segmentation[] = [];
  for (const picture of pictures) {
    const { map, facts } = await joined(answers, picture, channel);
    const { mask, ...rest } = postprocess(map, channel, facts);
    found.push({ ...rest, mask: putBack(mask, picture.content, picture.whole) });
  }
  return found;
}

/** How a picture goes through the network. */
interface PlannedPicture {
  readonly whole: Size;
  readonly content: Window;
  /** The content alone. */
  readonly shown: Raster;
  readonly windows: readonly Window[];
}

function planned(raster: Raster, input: Manifest['input'], channel: ManifestChannel): PlannedPicture {
  const content = contentOf(raster, channel.crop === true ? input.crop : undefined);
  const shown = cutToContent(raster, content);
  const windows = windowsOf({ rows: shown.height, columns: shown.width }, channel.tiles);
  return { whole: { rows: raster.height, columns: raster.width }, content, shown, windows };
}

/** The network's inputs for pictures: of each its windows, each in each view. Made when they are asked for. */
function* imagesOf(pictures: readonly PlannedPicture[], input: ModelInput, views: number) {
  for (const { shown, windows } of pictures) {
    for (const window of windows) {
      const part = windows.length === 1 ? shown : cut(shown, window);
      yield* viewsOf(preprocess(part, input), input, views);
    }
  }
}

/** The network's answer for one image. */
interface Answer extends Logits {
  /** Logit that something is there. */
  readonly peak: number;
}

/** The network's answer for one window of a picture. */
interface WindowAnswer {
  readonly mean: MeanLogits;
  /** Logit that something is there. */
  readonly peak: number;
}

/** Takes the answers for the windows of a picture and puts them together. */
async function joined(
  answers: AsyncIterator<Answer>,
  { shown, windows }: PlannedPicture,
  channel: ManifestChannel,
): Promise<{ map: LogitMap; facts: NetworkFacts }> {
  const size: Size = { rows: shown.height, columns: shown.width };
  const whole = windows.length === 1 ? undefined : blend(size);
  const found: WindowAnswer[] = [];
  for (const window of windows) {
    const views = await taken(answers, channel.views);
    const mean = meanOverViews(views);
    whole?.add(mean.values, mean.side, window);
    found.push({ mean, peak: views.reduce((sum, { peak }) => sum + peak, 0) / views.length });
  }
  const facts = factsOf(channel, found);
  if (whole) return { map: whole.map, facts };
  const { values, side } = found[0]!.mean;
  return { map: enlarged(values, side, size), facts };
}

async function taken(answers: AsyncIterator<Answer>, count: number): Promise<Answer[]> {
  const views: Answer[] = [];
  while (views.length < count) views.push((await answers.next()).value as Answer);
  return views;
}

function factsOf({ presence, views }: ManifestChannel, answers: readonly WindowAnswer[]): NetworkFacts {
  const sum = (key: 'common' | 'both') => answers.reduce((total, { mean }) => total + mean[key], 0);
  const both = sum('both');
  return {
    presence: presence && Math.max(...answers.map(({ peak }) => peak)),
    agreement: views === 1 ? undefined : both === 0 ? 1 : (2 * sum('common')) / both,
  };
}

/** Images of one size and channel through the network, together. */
async function runBatch(
  session: Session,
  images: readonly Float32Array[],
  size: number,
  { index, presence }: ManifestChannel,
): Promise<readonly Answer[]> {
  const count = images.length;
  const inputs = {
    image: new Tensor('float32', count === 1 ? images[0]! : concatenated(images), [count, 3, size, size]),
    modality: new Tensor('int64', new BigInt64Array(count).fill(BigInt(index)), [count]),
  };
  const [mask, found] = await session.run(inputs, [MASK_OUTPUT, ...(presence ? [presence.output] : [])]);
  const side = sideOf(mask!, count);
  return images.map((_, i) => ({
    values: partOf(mask!.values, i, count),
    side,
    peak: found ? partOf(found.values, i, count).reduce((a, b) => Math.max(a, b), -Infinity) : 0,
  }));
}

function concatenated(images: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(images.length * images[0]!.length);
  images.forEach((image, i) => all.set(image, i * image.length));
  return all;
}

function partOf(values: Float32Array, i: number, count: number): Float32Array {
  const length = values.length / count;
  if (!Number.isInteger(length)) throw new AppError('MODEL_INVALID', 'An output is not one for each picture');
  return values.subarray(i * length, (i + 1) * length);
}

function sideOf({ values, shape }: Output, count: number): number {
  const side = shape.at(-1) ?? 0;
  if (side < 1 || values.length !== count * side * side) {
    throw new AppError('MODEL_INVALID', `Output ${MASK_OUTPUT} is not one square mask`);
  }
  return side;
}
