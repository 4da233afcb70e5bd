import type { Response } from 'express';
import type { z } from 'zod';
import type { AdminScope, Caller, ErrorCode } from '../../core/index.js';

/** What a handler gets: everything checked by the endpoint's schemas. */
export interface AdminRequest<P, Q, B> {
  readonly params: P;
  readonly query: Q;
  readonly body: B;
  readonly actor: Caller;
  /** The value of If-Match, quotes included. */
  readonly ifMatch: string | undefined;
  readonly requestId: string;
  /** The connection's side, for signing in. */
  readonly client: Client;
  /** Aborts when the caller hangs up. */
  readonly signal: AbortSignal;
}

/** Where a request comes from. */
export interface Client {
  /** Of the peer: a reverse proxy's when there is one. */
  readonly address: string;
  /** Whether the person's browser speaks TLS, to us or to a proxy in front of us. */
  readonly isSecure: boolean;
  /** How the browser calls the gateway: scheme, name and port. */
  readonly origin: string;
  /** The `Cookie` header. */
  readonly cookie: string | undefined;
}

/** What a handler gives back. */
export interface Reply {
  /** Must be one of the endpoint's `replies`. */
  readonly status: number;
  /** JSON by the reply's schema, or bytes of the reply's content type. */
  readonly body?: unknown;
  /** Sent as `ETag`; where people edit. */
  readonly etag?: string;
  readonly headers?: Readonly<Record<string, string | readonly string[]>>;
  /** Who the caller has become by this answer: signing in. The audit log then names this one. */
  readonly actor?: Caller;
  /** Takes over the response, for event streams. */
  readonly stream?: (response: Response) => void;
}

/** One documented answer. */
export interface ReplySpec {
  readonly description: string;
  /**
   * Schema of a JSON body; what it does not know is not sent. It has a name (`.meta({ id })`), so that clients have a
   * type for it. Of an event stream: the data of each type of event.
   */
  readonly schema?: z.ZodType;
  /** Anything else than JSON: `image/png`, `text/event-stream`. */
  readonly contentType?: string;
}

/** An endpoint: validated, documented and served from this one description. */
export interface Endpoint<
  P extends z.ZodType = z.ZodType,
  Q extends z.ZodType = z.ZodType,
  B extends z.ZodType = z.ZodType,
> {
  readonly operationId: string;
  readonly method: 'get' | 'post' | 'put' | 'delete';
  /** Below `/admin/v1`, parameters as `{name}`. */
  readonly path: `/${string}`;
  /** Heading in the documentation. */
  readonly tag: string;
  readonly summary: string;
  readonly description?: string;
  readonly scope: AdminScope;
  /** True for what may be asked without a scope: signing in. */
  readonly open?: boolean;
  /** True for a GET that is kept in the audit log: signing in by an issuer. */
  readonly audited?: boolean;
  /** What of patients a GET shows: pictures of a study, or what a search finds. It is then told of in the audit. */
  readonly discloses?: 'images' | 'search' | 'audit log';
  /** Field of the body that names a study by its UID, where the path does not: the audit then names the study. */
  readonly studyField?: string;
  /** True when the answer holds a secret: it is not kept for an Idempotency-Key. */
  readonly answersSecret?: boolean;
  readonly params?: P;
  readonly query?: Q;
  /** Named, as the replies' schemas are. */
  readonly body?: B;
  readonly replies: Readonly<Record<number, ReplySpec>>;
  /** Catalogue codes the handler may throw besides those every endpoint has. */
  readonly errors?: readonly ErrorCode[];
  /** Whether the endpoint asks for If-Match. */
  readonly conditional?: boolean;
  readonly handle: (request: AdminRequest<z.output<P>, z.output<Q>, z.output<B>>) => Promise<Reply>;
}

/** Types a handler by its schemas, then forgets them, so that endpoints of all kinds fit in one list. */
export function endpoint<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType>(
  spec: Endpoint<P, Q, B>,
): Endpoint {
  return spec as unknown as Endpoint;
}

/** Whether an endpoint takes an Idempotency-Key. One that answers with a secret does not: that is not kept. */
export const takesKey = (spec: Endpoint): boolean =>
  spec.method === 'post' && spec.open !== true && spec.answersSecret !== true;
