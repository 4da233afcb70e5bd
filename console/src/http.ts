/** An error as the gateway describes it (RFC 9457), or what stands for one that never came. */
export interface Problem {
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly advice?: string;
}

/** A request that did not succeed. `status` 0: no answer at all. */
export class ApiError extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
  }

  get status(): number {
    return this.problem.status;
  }
}

export interface CallOptions {
  readonly query?: Readonly<Record<string, string | number | undefined>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal;
  readonly ifMatch?: string;
}

/** An answer with what stands in its head. */
export interface Answer<T> {
  readonly data: T;
  readonly etag: string | undefined;
}

const BASE = '/admin/v1';
let onUnauthorised: () => void = () => undefined;

/** Tells once for all what happens when the session has ended. */
export function whenUnauthorised(act: () => void): void {
  onUnauthorised = act;
}

/** @returns the address below /admin/v1 with its query; keys without a value are left out */
export function address(path: string, query: CallOptions['query'] = {}): string {
  const given = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString();
  return `${BASE}${path}${text === '' ? '' : `?${text}`}`;
}

/**
 * One call of the administrator's REST with the session's cookie.
 * @throws ApiError with the gateway's own words where it sent some
 */
export async function call<T>(
  method: 'GET' | 'POST' | 'PUT' | 'DELETE',
  path: string,
  { query, body, signal, ifMatch }: CallOptions = {},
): Promise<Answer<T>> {
  const headers: Record<string, string> = { accept: 'application/json', 'x-requested-with': 'esp-console' };
  if (body !== undefined) headers['content-type'] = 'application/json';
  if (ifMatch !== undefined) headers['if-match'] = ifMatch;
  // One key a click: a request that the browser repeats by itself is acted upon once.
  if (method === 'POST') headers['idempotency-key'] = randomKey();
  let response: Response;
  try {
    response = await fetch(address(path, query), {
      method,
      headers,
      credentials: 'same-origin',
      ...(body !== undefined ? { body: JSON.stringify(body) } : {}),
      ...(signal ? { signal } : {}),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new ApiError({
      title: 'NO_ANSWER',
      status: 0,
      detail: 'The gateway does not answer.',
      advice: 'Check that it runs and that this computer reaches it. This page tries again by itself.',
    });
  }
  if (!response.ok) throw new ApiError(await problemOf(response));
  const text = await response.text();
  return {
    data: (text === '' ? undefined : JSON.parse(text)) as T,
    etag: response.headers.get('etag') ?? undefined,
  };
}

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
