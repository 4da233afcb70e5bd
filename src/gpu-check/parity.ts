import { type Engine, inBatches, type Session } from '../model/in-process.js';
import { type NetworkInput, runBatch } from './network.js';
import type { Shown } from './pictures.js';

/** How a provider's answer for a picture differs from the CPU's. */
export interface ParityFigure {
  readonly channel: string;
  /** Pixels of the CPU's mask. */
  readonly pixels: number;
  /** Of the two masks, 0–1; 1 when both are empty. */
  readonly iou: number;
  /** Over all logits of the whole picture as one input. */
  readonly largestLogitDifference: number;
  readonly ok: boolean;
}

/** Masks below this are another result: no more than a pixel in a thousand may differ. */
export const MIN_IOU = 0.999;
/** At the threshold a probability changes by a quarter of this: about one per cent. */
const MAX_LOGIT_DIFFERENCE = 0.05;

interface Side {
  readonly engine: Engine;
  readonly session: Session;
}

/**
 * Compares masks and logits. The CPU takes inputs one by one, the provider all of them as one batch, if it has the memory:
 * batches must not matter either.
 */
export async function compare(
  cpu: Side,
  provider: Side,
  pictures: readonly Shown[],
  inputs: readonly NetworkInput[],
  size: number,
): Promise<ParityFigure[]> {
  const together: Float32Array[] = [];
  const run = (batch: readonly NetworkInput[]) => runBatch(provider.session, batch, size);
  for await (const logits of inBatches(inputs, { items: inputs.length }, run)) together.push(logits);
  const figures: ParityFigure[] = [];
  for (const [i, { channel, raster }] of pictures.entries()) {
    const [expected] = await runBatch(cpu.session, [inputs[i]!], size);
    const largestLogitDifference = largestDifference(expected!, together[i]!);
    const { mask, positivePixels } = await cpu.engine.segmentRaster(raster, channel);
    const iou = intersectionOverUnion(mask, (await provider.engine.segmentRaster(raster, channel)).mask);
    const ok = iou >= MIN_IOU && largestLogitDifference <= MAX_LOGIT_DIFFERENCE;
    figures.push({ channel, pixels: positivePixels, iou, largestLogitDifference, ok });
  }
  return figures;
}

function largestDifference(a: Float32Array, b: Float32Array): number {
  return a.reduce((largest, value, i) => Math.max(largest, Math.abs(value - b[i]!)), 0);
}

/** Of two masks of one size, 0–1. */
export function intersectionOverUnion(a: Uint8Array, b: Uint8Array): number {
  let [both, either] = [0, 0];
  a.forEach((value, i) => {
    both += value & b[i]!;
    either += value | b[i]!;
  });
  return either === 0 ? 1 : both / either;
}
