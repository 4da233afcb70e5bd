import { readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { z } from 'zod';
import { AppError, type Channel, channelName } from '../core/index.js';
import { routingSchema, unknownChannels } from './routing-rules.js';

const code = z.strictObject({
  value: z.string().min(1),
  scheme: z.string().min(1),
  meaning: z.string().min(1).max(64),
});

const channel = z.strictObject({
  /** The kind of picture, as people call it; the channel's name where it is left out. */
  title: z.string().min(1).max(64).optional(),
  label: z.string().min(1).max(64),
  description: z.string().min(1),
  category: code,
  type: code,
  region: code.extend({ when: z.enum(['always', 'body-part-evidence']) }).optional(),
  color: z.tuple([z.int().min(0).max(255), z.int().min(0).max(255), z.int().min(0).max(255)]),
});

const schema = z
  .strictObject({
    version: z.literal(1),
    channels: z.record(channelName, channel),
    routing: routingSchema,
  })
  .superRefine(({ channels, routing }, context) => {
    for (const { path, message } of unknownChannels(routing, Object.keys(channels)))
      context.addIssue({ code: 'custom', path: ['routing', ...path.split('.')], message });
  });

/** Codes and routing rules, as read from `config/modalities.yaml`. */
export type ModalitiesConfig = z.infer<typeof schema>;

/** What people call the pictures of a channel. */
export function titleOf({ channels }: ModalitiesConfig, name: Channel): string {
  return channels[name]?.title ?? name;
}

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
