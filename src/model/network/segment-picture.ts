import { Tensor } from 'onnxruntime-node';
import { AppError, type Raster } from '../../core/index.js';
import { contentOf, cutToContent, putBack } from './crop.js';
import { enlarged, type LogitMap, type Size } from './logit-map.js';
import type { Manifest, ManifestChannel } from './manifest-schema.js';
import { type Logits, type MeanLogits, meanOverViews } from './mirroring.js';
import { type NetworkFacts, postprocess, type Segmentation } from './postprocess.js';
import { preprocess } from './preprocess.js';
import type { Output, Session } from './session.js';
import { blend, cut, windowsOf } from './tiling.js';

const MASK_OUTPUT = 'mask_logits';

/** What a session must take and give for all channels of a model. */
export function segmenterContract({ channels }: Manifest) {
  const presence = channels.flatMap((channel) => channel.presence?.output ?? []);
  return { inputs: ['image', 'modality'], outputs: [...new Set([MASK_OUTPUT, ...presence])] };
}

/** A picture to a mask of its size, by the channel's rules: crop, tiles, views, network, threshold, clean, put back. */
export async function segmentPicture(
  session: Session,
  { input }: Manifest,
  channel: ManifestChannel,
  raster: Raster,
): Promise<Segmentation> {
  const content = contentOf(raster, channel.crop === true ? input.crop : undefined);
  const shown = cutToContent(raster, content);
  const scaled = { ...input, size: channel.size ?? input.size };
  const { map, facts } = await answerOf(shown, channel, async (part) => {
    const peaks: number[] = [];
    const mean = await meanOverViews(preprocess(part, scaled), scaled, channel.views, async (image) => {
      const answer = await runOnce(session, image, scaled.size, channel);
      peaks.push(answer.peak);
      return answer.logits;
    });
    return { mean, peak: peaks.reduce((sum, peak) => sum + peak, 0) / peaks.length };
  });
  const { mask, ...found } = postprocess(map, channel, facts);
  return { ...found, mask: putBack(mask, content, { rows: raster.height, columns: raster.width }) };
}

/** The network's answer for one window of a picture. */
interface WindowAnswer {
  readonly mean: MeanLogits;
  /** Logit that something is there. */
  readonly peak: number;
}

/** Runs a picture window by window and puts the answers together. */
async function answerOf(
  raster: Raster,
  channel: ManifestChannel,
  run: (part: Raster) => Promise<WindowAnswer>,
): Promise<{ map: LogitMap; facts: NetworkFacts }> {
  const size: Size = { rows: raster.height, columns: raster.width };
  const windows = windowsOf(size, channel.tiles);
  if (windows.length === 1) {
    const answer = await run(raster);
    return { map: enlarged(answer.mean.values, answer.mean.side, size), facts: factsOf(channel, [answer]) };
  }
  const whole = blend(size);
  const answers: WindowAnswer[] = [];
  // One after the other: together they would need as many times the memory, and would not be faster on a CPU.
  for (const window of windows) {
    const answer = await run(cut(raster, window));
    whole.add(answer.mean.values, answer.mean.side, window);
    answers.push(answer);
  }
  return { map: whole.map, facts: factsOf(channel, answers) };
}

function factsOf({ presence, views }: ManifestChannel, answers: readonly WindowAnswer[]): NetworkFacts {
  const sum = (key: 'common' | 'both') => answers.reduce((total, { mean }) => total + mean[key], 0);
  const both = sum('both');
  return {
    presence: presence && Math.max(...answers.map(({ peak }) => peak)),
    agreement: views === 1 ? undefined : both === 0 ? 1 : (2 * sum('common')) / both,
  };
}

/** One picture through the network. */
async function runOnce(
  session: Session,
  image: Float32Array,
  size: number,
  { index, presence }: ManifestChannel,
): Promise<{ logits: Logits; peak: number }> {
  const inputs = {
    image: new Tensor('float32', image, [1, 3, size, size]),
    modality: new Tensor('int64', BigInt64Array.of(BigInt(index)), [1]),
  };
  const [mask, found] = await session.run(inputs, [MASK_OUTPUT, ...(presence ? [presence.output] : [])]);
  return { logits: squareOf(mask!), peak: found?.values.reduce((a, b) => Math.max(a, b), -Infinity) ?? 0 };
}

function squareOf({ values, shape }: Output): Logits {
  const side = shape.at(-1) ?? 0;
  if (side < 1 || values.length !== side * side) {
    throw new AppError('MODEL_INVALID', `Output ${MASK_OUTPUT} is not one square mask`);
  }
  return { values, side };
}
