import type { Request } from 'express';
import type { z } from 'zod';
import { AppError } from '../../core/index.js';
import type { Client } from './endpoint.js';

/** Where a request comes from. */
export function clientOf(req: Request): Client {
  // A caller who lies here harms only the own session.
  const isSecure = req.secure || req.get('x-forwarded-proto') === 'https';
  return {
    address: req.ip ?? '',
    isSecure,
    origin: `${isSecure ? 'https' : 'http'}://${req.get('host') ?? ''}`,
    cookie: req.get('cookie'),
  };
}

/**
 * A part of a request by its schema.
 * @throws AppError `INVALID_REQUEST` naming the fields
 */
export function checked(place: string, schema: z.ZodType | undefined, value: unknown): unknown {
  if (!schema) return undefined;
  const result = schema.safeParse(value ?? {});
  if (result.success) return result.data;
  // Only our words and the names of fields: what was sent may be a patient's.
  const issues = result.error.issues.map((issue) => `${issue.path.join('.') || place}: ${issue.message}`);
  throw new AppError('INVALID_REQUEST', `In the ${place}: ${issues.slice(0, 5).join('; ')}`);
}
