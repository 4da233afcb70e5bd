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
 * A picture to a mask of its size, by the channel's rules: crop, tiles, views, network, threshold, clean, put back.
 * @param limit tiles and views that go through the network together; made smaller where memory does not suffice
 */
export async function segmentPicture(
  session: Session,
  { input }: Manifest,
  channel: ManifestChannel,
  raster: Raster,
  limit: BatchLimit,
): Promise<Segmentation> {
  const content = contentOf(raster, channel.crop === true ? input.crop : undefined);
  const shown = cutToContent(raster, content);
  const scaled = { ...input, size: channel.size ?? input.size };
  const size: Size = { rows: shown.height, columns: shown.width };
  const windows = windowsOf(size, channel.tiles);
  const images = imagesOf(shown, windows, scaled, channel.views);
  const answers = inBatches(images, limit, (batch) => runBatch(session, batch, scaled.size, channel));
  const { map, facts } = await joined(answers, size, windows, channel);
  const { mask, ...found } = postprocess(map, channel, facts);
  return { ...found, mask: putBack(mask, content, { rows: raster.height, columns: raster.width }) };
}

/** The network's inputs for a picture: each window, in each view. Made when they are asked for. */
function* imagesOf(raster: Raster, windows: readonly Window[], input: ModelInput, views: number) {
  for (const window of windows) {
    const part = windows.length === 1 ? raster : cut(raster, window);
    yield* viewsOf(preprocess(part, input), input, views);
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

/** Puts the answers for the windows of a picture together. */
async function joined(
  answers: AsyncIterable<Answer>,
  size: Size,
  windows: readonly Window[],
  channel: ManifestChannel,
): Promise<{ map: LogitMap; facts: NetworkFacts }> {
  const whole = windows.length === 1 ? undefined : blend(size);
  const found: WindowAnswer[] = [];
  let views: Answer[] = [];
  for await (const answer of answers) {
    views.push(answer);
    if (views.length < channel.views) continue;
    const mean = meanOverViews(views);
    whole?.add(mean.values, mean.side, windows[found.length]!);
    found.push({ mean, peak: views.reduce((sum, { peak }) => sum + peak, 0) / views.length });
    views = [];
  }
  const facts = factsOf(channel, found);
  if (whole) return { map: whole.map, facts };
  const { values, side } = found[0]!.mean;
  return { map: enlarged(values, side, size), facts };
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
