import { toAppError } from './errors.js';

/** An error as HTTP shows it (RFC 9457, application/problem+json). */
export interface Problem {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly advice: string;
}

/** Turns anything thrown into a problem; what is not of our catalogue shows no message of its own. */
export function problemOf(thrown: unknown): Problem {
  const error = toAppError(thrown);
  return {
    type: `urn:esp-medsam:error:${error.code.toLowerCase().replaceAll('_', '-')}`,
    title: error.code,
    status: error.httpStatus,
    detail: error.message,
    advice: error.advice,
  };
}
