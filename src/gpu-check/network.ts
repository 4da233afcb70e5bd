import { Tensor } from 'onnxruntime-node';
import { type LoadedManifest, preprocess, type Session } from '../model/in-process.js';
import type { Shown } from './pictures.js';

/** One input of the network. */
export interface NetworkInput {
  /** `[3, size, size]`, normalised. */
  readonly image: Float32Array;
  /** Of the channel. */
  readonly index: number;
}

/** A whole picture as one input, however many tiles its channel has. */
export function inputOf({ input }: LoadedManifest['manifest'], { raster, index }: Shown): NetworkInput {
  return { image: preprocess(raster, input), index };
}

/**
 * Runs inputs, of whatever channels, as one batch.
 * @returns the mask's logits of each
 * @throws AppError as `Session.run`
 */
export async function runBatch(
  session: Session,
  inputs: readonly NetworkInput[],
  size: number,
): Promise<Float32Array[]> {
  const images = new Float32Array(inputs.length * 3 * size * size);
  inputs.forEach(({ image }, i) => images.set(image, i * image.length));
  const [logits] = await session.run(
    {
      image: new Tensor('float32', images, [inputs.length, 3, size, size]),
      modality: new Tensor(
        'int64',
        BigInt64Array.from(inputs, ({ index }) => BigInt(index)),
        [inputs.length],
      ),
    },
    ['mask_logits'],
  );
  const each = logits!.values.length / inputs.length;
  return inputs.map((_, i) => logits!.values.slice(i * each, (i + 1) * each));
}
