import { z } from 'zod';
import { type ErrorCode, ERRORS } from '../../core/index.js';
import { errorCode } from '../vocabulary.js';
import { takesKey, type Endpoint } from './endpoint.js';
import { collectNamedSchemas, type NamedSchemas } from './named-schemas.js';

// INVALID_REQUEST is common too: a path or a query can be unreadable where an endpoint takes none.
// TOO_MANY is the answer to who guesses credentials, ISSUER_UNREACHABLE to an access token that cannot be checked now.
const COMMON: readonly ErrorCode[] = [
  'INVALID_REQUEST',
  'UNAUTHORIZED',
  'FORBIDDEN',
  'TOO_MANY',
  'QUEUE_UNAVAILABLE',
  'ISSUER_UNREACHABLE',
];

const problem = z
  .object({
    type: z.string(),
    title: errorCode,
    status: z.number().int(),
    detail: z.string(),
    advice: z.string().describe('what to do about it'),
  })
  .meta({ id: 'Problem', description: 'RFC 9457' });

type Json = Record<string, unknown>;

/**
 * The OpenAPI 3.1 document of a list of endpoints, made from the schemas that validate them.
 * @param version of this software
 */
export function openApiDocument(endpoints: readonly Endpoint[], version: string): Json {
  const schemas = collectNamedSchemas();
  const paths: Record<string, Json> = {};
  for (const endpoint of endpoints) {
    (paths[endpoint.path] ??= {})[endpoint.method] = operation(endpoint, schemas);
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'ESP-MedSAM administration',
      version,
      description:
        'Research software, not for clinical use. Errors are problem+json; every POST whose answer is no secret takes an Idempotency-Key.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/admin/v1' }],
    security: [{ token: [] }, { session: [] }],
    tags: [...new Set(endpoints.map(({ tag }) => tag))].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer' },
        session: { type: 'apiKey', in: 'cookie', name: 'esp_session' },
      },
      schemas: schemas.all(),
    },
  };
}

function operation(endpoint: Endpoint, schemas: NamedSchemas): Json {
  const parameters = [
    ...parametersOf(endpoint.params, 'path', schemas),
    ...parametersOf(endpoint.query, 'query', schemas),
    ...(endpoint.conditional ? [header('If-Match', true)] : []),
    ...(takesKey(endpoint) ? [header('Idempotency-Key', false)] : []),
  ];
  return {
    operationId: endpoint.operationId,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    description: [endpoint.description, `Scope: ${endpoint.open ? 'none' : endpoint.scope}.`]
      .filter(Boolean)
      .join('\n\n'),
    ...(endpoint.open ? {} : { 'x-required-scope': endpoint.scope }),
    ...(endpoint.open ? { security: [] } : {}),
    ...(parameters.length > 0 ? { parameters } : {}),
    ...(endpoint.body
      ? {
          requestBody: {
            required: !endpoint.body.safeParse({}).success,
            content: { 'application/json': { schema: schemas.reference(endpoint.body, 'input') } },
          },
        }
      : {}),
    responses: { ...successes(endpoint, schemas), ...failures(endpoint, schemas) },
  };
}

function successes(endpoint: Endpoint, schemas: NamedSchemas): Json {
  const entries = Object.entries(endpoint.replies).map(([status, spec]) => {
    const type = spec.contentType ?? (spec.schema ? 'application/json' : undefined);
    const schema = spec.schema ? schemas.reference(spec.schema, 'output') : undefined;
    const content = type ? { content: { [type]: schema ? { schema } : {} } } : {};
    return [status, { description: spec.description, ...content }];
  });
  return Object.fromEntries(entries) as Json;
}

function failures(endpoint: Endpoint, schemas: NamedSchemas): Json {
  const codes = new Set<ErrorCode>([...COMMON, ...(endpoint.errors ?? [])]);
  if (takesKey(endpoint)) codes.add('CONFLICT');
  if (endpoint.conditional) codes.add('PRECONDITION_REQUIRED').add('PRECONDITION_FAILED');
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of codes) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  const content = { 'application/problem+json': { schema: schemas.reference(problem, 'output') } };
  return Object.fromEntries(
    [...byStatus].map(([status, names]) => [status, { description: names.join(', '), content }]),
  );
}

function parametersOf(schema: z.ZodType | undefined, place: 'path' | 'query', schemas: NamedSchemas): Json[] {
  if (!schema) return [];
  const { properties = {}, required = [] } = schemas.reference(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description ? { description } : {}),
    schema: rest,
  }));
}

const header = (name: string, required: boolean): Json => ({
  name,
  in: 'header',
  required,
  schema: { type: 'string', maxLength: 200 },
});
