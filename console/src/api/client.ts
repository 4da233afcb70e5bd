import createClient, { type Middleware } from 'openapi-fetch';
import type { paths } from './schema.js';

/** An error as the gateway describes it (RFC 9457), or what stands for one that never came. */
export interface Problem {
  /** Code of the catalogue, or of this console: NO_ANSWER, CONSOLE, HTTP and the status. */
  readonly title: string;
  /** HTTP status; 0: no answer at all. */
  readonly status: number;
  readonly detail: string;
  readonly advice?: string;
}

/** A request that did not succeed. */
class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  get status(): number {
    return this.problem.status;
  }
}

export const BASE = '/admin/v1';
let onUnauthorised: () => void = () => undefined;

/** Tells once for all what happens when the session has ended. */
export function whenUnauthorised(act: () => void): void {
  onUnauthorised = act;
}

/** Every call carries the session's cookie; one that fails throws an ApiError with the gateway's own words. */
const manners: Middleware = {
  onRequest({ request }) {
    // One key a click: a request that the browser repeats by itself is acted upon once.
    if (request.method === 'POST') request.headers.set('idempotency-key', randomKey());
    return request;
  },
  async onResponse({ response }) {
    if (!response.ok) throw new ApiError(await problemOf(response));
  },
  onError({ request, error }) {
    if (request.signal.aborted) return error as Error;
    return new ApiError({
      title: 'NO_ANSWER',
      status: 0,
      detail: 'The gateway does not answer.',
      advice: 'Check that it runs and that this computer reaches it. This page tries again by itself.',
    });
  },
};

/** The administrator's REST, typed by its own OpenAPI document. @throws ApiError when a request does not succeed */
export const client = createClient<paths>({
  baseUrl: BASE,
  credentials: 'same-origin',
  headers: { accept: 'application/json', 'x-requested-with': 'esp-console' },
});
client.use(manners);

async function problemOf(response: Response): Promise<Problem> {
  if (response.status === 401) onUnauthorised();
  const sent = (await response.json().catch(() => undefined)) as Partial<Problem> | undefined;
  return {
    title: sent?.title ?? `HTTP ${response.status}`,
    status: response.status,
    detail: sent?.detail ?? `The gateway answered ${response.status}.`,
    ...(sent?.advice ? { advice: sent.advice } : {}),
  };
}

/** Not crypto.randomUUID: browsers offer it on HTTPS and loopback only. */
function randomKey(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
}

/** Anything thrown as a problem that can be shown. */
export function asProblem(thrown: unknown): Problem {
  if (thrown instanceof ApiError) return thrown.problem;
  return {
    title: 'CONSOLE',
    status: 0,
    detail: thrown instanceof Error ? thrown.message : String(thrown),
    advice: 'Load the page again. If it stays, it is a mistake of ours: report it.',
  };
}
