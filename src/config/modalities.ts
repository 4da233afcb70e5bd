import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError, CHANNELS, type Channel } from '../core/index.js';

const code = z.strictObject({
  value: z.string().min(1),
  scheme: z.string().min(1),
  meaning: z.string().min(1).max(64),
});

const channel = z.strictObject({
  label: z.string().min(1).max(64),
  description: z.string().min(1),
  category: code,
  type: code,
  region: code.extend({ when: z.enum(['always', 'body-part-evidence']) }).optional(),
  color: z.tuple([z.int().min(0).max(255), z.int().min(0).max(255), z.int().min(0).max(255)]),
});

const regularExpression = z.string().refine(
  (text) => {
    try {
      new RegExp(text, 'i');
      return true;
    } catch {
      return false;
    }
  },
  { error: 'not a regular expression' },
);

const condition = z
  .strictObject({
    sopClass: z.array(z.string()).min(1).optional(),
    modality: z.array(z.string()).min(1).optional(),
    bodyPart: z.array(z.string()).min(1).optional(),
    region: z.array(z.string()).min(1).optional(),
    description: z.array(regularExpression).min(1).optional(),
  })
  .refine((when) => Object.values(when).some((value) => value !== undefined), {
    error: 'needs at least one key',
  });

const schema = z.strictObject({
  version: z.literal(1),
  channels: z.strictObject(
    Object.fromEntries(CHANNELS.map((name) => [name, channel])) as Record<Channel, typeof channel>,
  ),
  routing: z.strictObject({
    strong: z.number().gt(0).max(1),
    weak: z.number().min(0).lt(1),
    sources: z.array(z.strictObject({ uid: z.string(), name: z.string() })).min(1),
    refused: z.array(z.strictObject({ modality: z.string(), reason: z.string() })),
    rules: z.array(
      z.strictObject({
        id: z.string(),
        channel: z.enum(CHANNELS),
        weight: z.number().gt(0).lt(1),
        when: condition,
      }),
    ),
    vetoes: z.array(z.strictObject({ id: z.string(), when: condition, reason: z.string() })),
    bodyPartEvidence: z.partialRecord(z.enum(CHANNELS), condition),
  }),
});

/** Codes and routing rules, as read from `config/modalities.yaml`. */
export type ModalitiesConfig = z.infer<typeof schema>;

/**
 * Reads and validates `modalities.yaml`.
 * @throws AppError `CONFIG_INVALID` naming the file and each wrong entry
 */
export function loadModalities(path: string): ModalitiesConfig {
  let raw: unknown;
  try {
    raw = parse(readFileSync(path, 'utf8'));
  } catch (cause) {
    throw new AppError('CONFIG_INVALID', `${path}: cannot be read as YAML`, { cause });
  }
  const result = schema.safeParse(raw);
  if (result.success) return result.data;
  throw new AppError('CONFIG_INVALID', `${path}: ${z.prettifyError(result.error)}`);
}
