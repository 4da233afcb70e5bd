import { z } from 'zod';
import { verificationSchema } from '../../store/index.js';
import { CHANNELS } from '../../core/index.js';

/** The part `{id}` of a path. */
export const modelPath = z.object({
  id: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,80}$/)
    .describe('`id` of GET /models'),
});

export const verified = verificationSchema.describe('what a worker found when it last tried the model');

export const modelItem = z.object({
  id: z.string(),
  name: z.string(),
  version: z.string(),
  sha256: z.string().describe('of the weights, as SEG objects name it'),
  size: z.int().describe('bytes of its files together'),
  modalities: z.array(z.enum(CHANNELS)),
  detector: z.boolean().describe('whether it can tell the modality from the picture'),
  configured: z.boolean().describe('named by model.manifest: active until another one is activated'),
  state: z.enum(['active', 'shadow', 'available']),
  manifestPath: z.string().describe('below model.directory where it lies there'),
  verified: verified.optional(),
});

export const modelList = z.object({
  items: z.array(modelItem),
  active: z
    .object({
      id: z.string().nullable(),
      at: z.string().nullable().describe('null for the configured model'),
      actor: z.string().nullable(),
      present: z.boolean().describe('false when its files are gone: the workers keep what they have'),
    })
    .describe('what the workers take up before their next study'),
  previous: z.string().nullable().describe('id that a roll-back makes active; null when there is none'),
  history: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      actor: z.string(),
      action: z.enum(['activated', 'rolled-back']),
    }),
  ),
  problems: z
    .array(
      z.object({ worker: z.string(), id: z.string(), at: z.string(), code: z.string(), message: z.string() }),
    )
    .describe('workers that cannot use the active model and keep another one'),
  unreadable: z.array(z.object({ path: z.string(), reason: z.string() })).describe('manifests that are none'),
});

export const activeModel = z.object({ id: z.string(), version: z.string(), sha256: z.string() });
