import { z } from 'zod';
import { type ErrorCode, ERRORS, LEVELS, OUTCOMES, SCOPES } from '../core/index.js';
import { PRIORITIES, STUDY_STATES, WEBHOOK_EVENTS } from '../store/index.js';

/**
 * Words that many requests and answers share. Each has a name (`id`), so that the OpenAPI document holds it once and
 * generated clients have a type for it.
 */

/** How a display unit or a study ended. */
export const outcome = z.enum(OUTCOMES).meta({
  id: 'Outcome',
  description: 'how a display unit or a study ended',
});

/** What a study is in the middle of. */
export const studyState = z.enum(STUDY_STATES).meta({
  id: 'StudyState',
  description: 'what happens to a study now; `done`: its `outcome` says how it ended',
});

/** A modality as the model names it. Not an enumeration: a model's manifest decides which there are. */
export const channelName = z
  .string()
  .min(1)
  .max(64)
  .meta({ id: 'ChannelName', description: 'a modality as the manifest of a model names it, such as `xray`' });

/** The class in which a run is queued. */
export const priority = z.enum(PRIORITIES).meta({
  id: 'Priority',
  description: 'class in the queue; `offpeak` waits for the hours of settings.queue',
});

/** How far a caller may administrate. */
export const level = z.enum(LEVELS).meta({
  id: 'Role',
  description: 'how far a caller may administrate: admin:read, admin:operate, admin:*',
});

/** What may be done with a surface. */
export const scope = z.enum(SCOPES).meta({ id: 'Scope', description: 'what may be done with a surface' });

/** What a webhook can be told of. */
export const webhookEvent = z.enum(WEBHOOK_EVENTS).meta({
  id: 'WebhookEvent',
  description: 'what a webhook is told of',
});

/** A code of the catalogue of errors. */
export const errorCode = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]).meta({
  id: 'ErrorCode',
  description: 'code of the catalogue of errors',
});

/** A body without fields. */
export const emptyRequest = z.strictObject({}).meta({ id: 'EmptyRequest', description: 'no field is known' });
