import type { Raster } from '../../core/index.js';

/** For each output position: the first input position it is made of, and the weights of it and its followers. */
interface Weights {
  readonly starts: Int32Array;
  readonly counts: Int32Array;
  readonly values: Float64Array;
  /** Weights of output `i` start at `i * stride`. */
  readonly stride: number;
}

/**
 * Squashes a picture to a square with a triangle filter that widens when shrinking: the same as PyTorch's
 * `interpolate(mode='bilinear', align_corners=False, antialias=True)` on values 0–255.
 * @returns `[size, size, 3]` interleaved, 0–255
 */
export function resizeToSquare(raster: Raster, size: number): Float32Array {
  const { width, height, data } = raster;
  const vertical = triangleWeights(height, size);
  const horizontal = triangleWeights(width, size);
  const out = new Float32Array(size * size * 3);
  const line = new Float64Array(width * 3);
  for (let y = 0; y < size; y += 1) {
    gatherRows(data, line, vertical, y);
    shrinkLine(line, out, y * size * 3, horizontal);
  }
  return out;
}

/**
 * The weighted sum of the input rows that output row `y` is made of. Four rows at a time: most of the time goes into
 * reading and writing the line. Terms are added in the order of the rows, so that the sum is the same to the last bit.
 */
function gatherRows(data: Uint8Array, line: Float64Array, weights: Weights, y: number): void {
  const { length } = line;
  const first = weights.starts[y]!;
  const count = weights.counts[y]!;
  const values = weights.values.subarray(y * weights.stride, y * weights.stride + count);
  line.fill(0);
  let k = 0;
  for (; k + 4 <= count; k += 4) {
    const [a, b, c, d] = [values[k]!, values[k + 1]!, values[k + 2]!, values[k + 3]!];
    const from = (first + k) * length;
    const [second, third, fourth] = [from + length, from + 2 * length, from + 3 * length];
    for (let i = 0; i < length; i += 1) {
      line[i] =
        line[i]! + a * data[from + i]! + b * data[second + i]! + c * data[third + i]! + d * data[fourth + i]!;
    }
  }
  for (; k < count; k += 1) {
    const weight = values[k]!;
    const from = (first + k) * length;
    for (let i = 0; i < length; i += 1) line[i] = line[i]! + weight * data[from + i]!;
  }
}

function shrinkLine(line: Float64Array, out: Float32Array, to: number, weights: Weights): void {
  for (let x = 0; x < weights.starts.length; x += 1) {
    let r = 0;
    let g = 0;
    let b = 0;
    let from = weights.starts[x]! * 3;
    for (let k = 0; k < weights.counts[x]!; k += 1, from += 3) {
      const weight = weights.values[x * weights.stride + k]!;
      r += weight * line[from]!;
      g += weight * line[from + 1]!;
      b += weight * line[from + 2]!;
    }
    out[to + 3 * x] = r;
    out[to + 3 * x + 1] = g;
    out[to + 3 * x + 2] = b;
  }
}

function triangleWeights(from: number, to: number): Weights {
  const scale = from / to;
  // Never narrower than one input pixel: enlarging is plain bilinear.
  const support = Math.max(scale, 1);
  const stride = Math.ceil(support) * 2 + 1;
  const starts = new Int32Array(to);
  const counts = new Int32Array(to);
  const values = new Float64Array(to * stride);
  for (let i = 0; i < to; i += 1) {
    const center = scale * (i + 0.5);
    const start = Math.max(Math.trunc(center - support + 0.5), 0);
    const count = Math.min(Math.trunc(center + support + 0.5), from) - start;
    let sum = 0;
    for (let k = 0; k < count; k += 1) {
      const weight = Math.max(0, 1 - Math.abs((start + k - center + 0.5) / support));
      values[i * stride + k] = weight;
      sum += weight;
    }
    for (let k = 0; k < count; k += 1) values[i * stride + k] = values[i * stride + k]! / sum;
    starts[i] = start;
    counts[i] = count;
  }
  return { starts, counts, values, stride };
}
