import { z } from 'zod';
import { CHANNELS } from '../../core/index.js';

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

// A plain name: the model lies beside its manifest.
const fileName = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { error: 'not a plain file name' });
const sha256 = z.string().regex(/^[0-9a-f]{64}$/, { error: 'not a SHA-256 in lower-case hexadecimal' });
const probability = z.number().gt(0).lt(1);

const file = { file: fileName, sha256, bytes: z.int().min(1) };

/** Classes of the modality detector, in any order. */
export const DETECTOR_CLASSES = [...CHANNELS, 'none'] as const;

/** `models/manifest.json`: what the model is, and everything needed to run it. */
export const manifestSchema = z.strictObject({
  schemaVersion: z.literal(1),
  name: z.string().min(1).max(64),
  version: z.string().min(1).max(32),
  ...file,
  precision: z.enum(['fp32', 'fp16-storage', 'int8']),
  opset: z.int().min(1),
  input,
  channels: z
    .array(
      z.strictObject({
        name: z.enum(CHANNELS),
        index: z.int().min(0),
        threshold: probability,
        // Rows and columns of tiles in which a picture is taken; 1 is the whole of it at once.
        tiles: z.int().min(1).max(8).default(1),
        // As it is; mirrored left to right as well; up to down and both ways as well. The answers are averaged.
        views: z.union([z.literal(1), z.literal(2), z.literal(4)]).default(1),
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
        .array(z.enum(DETECTOR_CLASSES))
        .length(DETECTOR_CLASSES.length)
        .refine((classes) => new Set(classes).size === classes.length, { error: 'names a class twice' }),
      threshold: probability,
      thresholdAlone: probability.optional(),
    })
    .refine(({ threshold, thresholdAlone = threshold }) => thresholdAlone >= threshold, {
      error: 'is lower than `threshold`: the picture alone must never count for more than beside a header',
      path: ['thresholdAlone'],
    })
    .optional(),
  training: z.looseObject({}).optional(),
});

export type Manifest = z.infer<typeof manifestSchema>;
export type ModelInput = z.infer<typeof input>;
