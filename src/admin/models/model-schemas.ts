import { z } from 'zod';
import { verificationSchema } from '../../store/index.js';
import { channelName } from '../vocabulary.js';

/** The part `{id}` of a path. */
export const modelPath = z.object({
  id: z
    .string()
    .regex(/^[A-Za-z0-9._-]{1,80}$/)
    .describe('`id` of GET /models'),
});

export const verification = verificationSchema
  .extend({ checks: z.array(verificationSchema.shape.checks.element.meta({ id: 'VerificationCheck' })) })
  .meta({ id: 'Verification', description: 'what a worker found when it last tried a model' });

const model = z
  .object({
    id: z.string(),
    name: z.string(),
    version: z.string(),
    sha256: z.string().describe('of the weights, as SEG objects name it'),
    size: z.int().describe('bytes of its files together'),
    modalities: z.array(channelName),
    detector: z.boolean().describe('whether it can tell the modality from the picture'),
    configured: z.boolean().describe('named by model.manifest: active until another one is activated'),
    state: z.enum(['active', 'shadow', 'available']),
    manifestPath: z.string().describe('below model.directory where it lies there'),
    verified: verification.optional(),
  })
  .meta({ id: 'Model' });

const activeState = z
  .object({
    id: z.string().nullable(),
    at: z.string().nullable().describe('null for the configured model'),
    actor: z.string().nullable(),
    present: z.boolean().describe('false when its files are gone: the workers keep what they have'),
  })
  .meta({ id: 'ActiveModel', description: 'what the workers take up before their next study' });

const activation = z
  .object({ id: z.string(), at: z.string(), actor: z.string(), action: z.enum(['activated', 'rolled-back']) })
  .meta({ id: 'Activation' });
const modelProblem = z
  .object({ worker: z.string(), id: z.string(), at: z.string(), code: z.string(), message: z.string() })
  .meta({
    id: 'ModelProblem',
    description: 'a worker that cannot use the active model and keeps another one',
  });

export const modelList = z
  .object({
    items: z.array(model),
    active: activeState,
    previous: z.string().nullable().describe('id that a roll-back makes active; null when there is none'),
    history: z.array(activation),
    problems: z.array(modelProblem).describe('workers that cannot use the active model and keep another one'),
    unreadable: z
      .array(z.object({ path: z.string(), reason: z.string() }))
      .describe('manifests that are none'),
  })
  .meta({ id: 'ModelList' });

/** The model that an activation or a roll-back has made active. */
export const activatedModel = z
  .object({ id: z.string(), version: z.string(), sha256: z.string() })
  .meta({ id: 'ActivatedModel' });
