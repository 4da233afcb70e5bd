import { z } from 'zod';
import { channelName } from '../../core/index.js';
import { EMPTY_FEATURES, MASK_FEATURES } from './quality.js';

const perColour = z.tuple([z.number(), z.number(), z.number()]);

const input = z.strictObject({
  /** Side of the square the picture is squashed to, in pixels. */
  size: z.int().min(16).max(4096).multipleOf(4),
  /** `(value - mean) / std` for each of R, G and B, of values 0–255. */
  normalisation: z.strictObject({
    mean: perColour,
    std: perColour.refine((std) => std.every((value) => value > 0), { error: 'must be positive' }),
  }),
});

const share = z.number().min(0).max(1);

/** Which borders are cut off; explained in `training/espmedsam/crop.py`. */
const crop = z.strictObject({
  rule: z.literal('black-borders'),
  black: z.int().min(0).max(254).default(12),
  share: share.default(0.01),
  least: share.default(0.05),
  most: share.default(0.98),
});

const line = <const Figures extends readonly string[]>(figures: Figures) =>
  z.strictObject({ bias: z.number(), weights: z.partialRecord(z.enum(figures), z.number()) });

/** How sure a mask is; explained in `quality.ts`. */
const quality = z.strictObject({
  mask: line(MASK_FEATURES),
  empty: line(EMPTY_FEATURES),
  conformal: z.strictObject({ level: share, quantile: z.number(), n: z.int().min(0) }),
  reviewBelow: share,
});

// A plain name: the model lies beside its manifest.
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { error: 'not a plain file name' });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'not a SHA-256 in lower-case hexadecimal' });
const probability = z.number().gt(0).lt(1);

const file = { file: fileName, sha256, bytes: z.int().min(1) };

/** `models/manifest.json`: what the model is, and everything needed to run it. */
export const manifestSchema = z
  .strictObject({
    schemaVersion: z.literal(1),
    name: z.string().min(1).max(64),
    version: z.string().min(1).max(32),
    ...file,
    // How weights are stored; but for `int8` they are unpacked when the session opens, and arithmetic is fp32.
    precision: z.enum(['fp32', 'fp16-storage', 'int8-storage', 'int8']),
    opset: z.int().min(1),
    // A graph that multiplies in 8 bits with the weights of the file above, which it names by its place in it.
    int8: z.strictObject(file).optional(),
    input: input.extend({ crop: crop.optional() }),
    channels: z
      .array(
        z.strictObject({
          name: channelName,
          index: z.int().min(0),
          threshold: probability,
          // Rows and columns of tiles in which a picture is taken; 1 is the whole of it at once.
          tiles: z.int().min(1).max(8).default(1),
          // As it is; mirrored left to right as well; up to down and both ways as well. The answers are averaged.
          views: z.union([z.literal(1), z.literal(2), z.literal(4)]).default(1),
          // Side of the square for this channel, where it is not the model's.
          size: input.shape.size.optional(),
          // Whether borders are cut off first, by the rule in `input`.
          crop: z.boolean().optional(),
          // The largest value of this output in a picture is the logit that something is there.
          presence: z.strictObject({ output: z.string().min(1).max(64), threshold: probability }).optional(),
          clean: z
            .strictObject({
              minIsland: share.optional(),
              minIslandOfLargest: share.optional(),
              fillHoles: share.optional(),
            })
            .optional(),
          quality: quality.optional(),
        }),
      )
      .min(1)
      .refine((channels) => new Set(channels.map(({ name }) => name)).size === channels.length, {
        error: 'names a channel twice',
      }),
    detector: z
      .strictObject({
        ...file,
        input,
        classes: z
          .array(z.union([channelName, z.literal('none')]))
          .min(2)
          .refine((classes) => new Set(classes).size === classes.length, { error: 'names a class twice' })
          .refine((classes) => classes.includes('none'), { error: 'lacks `none`, the answer for all else' }),
        threshold: probability,
        thresholdAlone: probability.optional(),
      })
      .refine(({ threshold, thresholdAlone = threshold }) => thresholdAlone >= threshold, {
        error: 'is lower than `threshold`: the picture alone must never count for more than beside a header',
        path: ['thresholdAlone'],
      })
      .optional(),
    training: z.looseObject({}).optional(),
  })
  .refine(({ input, channels }) => input.crop !== undefined || !channels.some(({ crop }) => crop), {
    error: 'a channel crops, and no rule says what a border is',
    path: ['input', 'crop'],
  });

export type Manifest = z.infer<typeof manifestSchema>;
export type ManifestChannel = Manifest['channels'][number];
export type ModelInput = z.infer<typeof input>;
export type CropRule = z.infer<typeof crop>;
