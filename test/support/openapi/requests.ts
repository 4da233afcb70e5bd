import fc, { type Arbitrary } from 'fast-check';
import type { Parameter, Place, Schema } from './document.js';
import { fromSchema, type Known } from './from-schema.js';

/** A request to an operation. */
export interface Call {
  /** With the query. */
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | undefined;
  /** The statuses it must get from a caller with the role; undefined: any documented one. */
  readonly expect: 'refused' | undefined;
}

// Sent as they stand: percent-encoding that is broken, or that hides a slash or a zero.
const ODD_PATHS = [
  '%E0%A4%A',
  '%00',
  'a%2Fb',
  '%F0%9F%92%A9',
  "'%22--",
  '1.2.3..4',
  '0',
  '-1',
  '9'.repeat(400),
];
const ODD_HEADERS = ['', '*', '"1"', 'W/"0"', '"x', 'x'.repeat(300), '\u00e4', 'a b'];

/** Requests that a document allows, and requests that it does not. */
export function calls(place: Place, known: Known): Arbitrary<Call> {
  return fc.oneof(
    { weight: 5, arbitrary: allowed(place, known) },
    { weight: 1, arbitrary: allowed(place, known).chain((call) => withOddBody(call, place)) },
    { weight: 1, arbitrary: allowed(place, known).chain((call) => withOddQuery(call)) },
    { weight: 1, arbitrary: withOddPath(place, known) },
    { weight: 1, arbitrary: allowed(place, known).chain((call) => withOddHeader(call)) },
  );
}

/** Requests that the document allows. */
export function allowed(place: Place, known: Known): Arbitrary<Call> {
  const parameters = place.operation.parameters ?? [];
  const schema = bodySchema(place);
  return fc
    .record({
      path: pathOf(place, known),
      query: values(parameters, 'query', known),
      headers: values(parameters, 'header', known),
      body: schema ? fromSchema(schema, known) : fc.constant(undefined),
    })
    .map(({ path, query, headers, body }) => ({
      path: `${path}${queryText(query)}`,
      headers: {
        ...Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, headerText(value)])),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      },
      body: body === undefined ? undefined : JSON.stringify(body),
      expect: undefined,
    }));
}

const bodySchema = (place: Place): Schema | undefined =>
  place.operation.requestBody?.content['application/json'].schema;

/** Header values are bytes: letters beyond them cannot be sent at all. */
const headerText = (value: unknown) =>
  String(value)
    .replace(/[^\x20-\x7e]/g, 'x')
    .trim() || 'x';

function queryText(query: Record<string, unknown>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    (Array.isArray(value) ? value : [value]).map((one): [string, string] => [name, String(one)]),
  );
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs)}`;
}

function values(
  parameters: readonly Parameter[],
  place: string,
  known: Known,
): Arbitrary<Record<string, unknown>> {
  const own = parameters.filter((parameter) => parameter.in === place);
  return fc.record(
    Object.fromEntries(own.map(({ name, schema }) => [name, fromSchema(schema, known, name)])),
    {
      requiredKeys: own.filter(({ required }) => required).map(({ name }) => name) as never[],
    },
  ) as Arbitrary<Record<string, unknown>>;
}

function pathOf(place: Place, known: Known, odd?: Arbitrary<string>): Arbitrary<string> {
  const names = [...place.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name!);
  const one = (name: string) => {
    const schema = place.operation.parameters?.find(
      (entry) => entry.in === 'path' && entry.name === name,
    )?.schema;
    const values = fromSchema(schema ?? { type: 'string' }, known, name).map((value) =>
      encodeURIComponent(String(value)),
    );
    // A dot or nothing at all would make another path of it.
    return values.filter((text) => !['', '.', '..'].includes(text));
  };
  return fc
    .tuple(...names.map((name) => odd ?? one(name)))
    .map((parts) => names.reduce((path, name, n) => path.replace(`{${name}}`, parts[n]!), place.path));
}

function withOddPath(place: Place, known: Known): Arbitrary<Call> {
  return allowed(place, known).chain((call) =>
    pathOf(place, known, fc.constantFrom(...ODD_PATHS)).map((path) => ({ ...call, path })),
  );
}

function withOddBody(call: Call, place: Place): Arbitrary<Call> {
  const schema = bodySchema(place);
  const json = { 'content-type': 'application/json' };
  const broken = fc
    .constantFrom('{', 'null', '[1,', '"text"', '[]', `{"a":${'['.repeat(2000)}`, '\u0000')
    .map((body): Call => ({ ...call, headers: { ...call.headers, ...json }, body }));
  if (!schema) return place.method === 'get' || place.method === 'head' ? fc.constant(call) : broken;
  const any = fc
    .jsonValue({ maxDepth: 3 })
    .map((body): Call => ({ ...call, headers: { ...call.headers, ...json }, body: JSON.stringify(body) }));
  const typeless = fc
    .constantFrom('text/plain', 'application/xml', 'multipart/form-data')
    .map((type): Call => ({ ...call, headers: { ...call.headers, 'content-type': type } }));
  const options = [broken, any, typeless];
  if (schema.type === 'object' && schema.additionalProperties === false) {
    options.push(
      fc.constant({
        ...call,
        body: JSON.stringify({ ...(JSON.parse(call.body ?? '{}') as object), 'no such field': 1 }),
        expect: 'refused',
      }),
    );
  }
  return fc.oneof(...options);
}

function withOddQuery(call: Call): Arbitrary<Call> {
  const sign = call.path.includes('?') ? '&' : '?';
  const name = fc.constantFrom('limit', 'cursor', 'from', 'to', 'no-such-name', '__proto__', 'a[b]');
  const value = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.constantFrom('-1', '1e9', 'NaN', '', '\u0000', "' OR 1=1"),
  );
  return fc
    .array(fc.tuple(name, value), { minLength: 1, maxLength: 3 })
    .map((pairs) => ({ ...call, path: `${call.path}${sign}${new URLSearchParams(pairs)}` }));
}

function withOddHeader(call: Call): Arbitrary<Call> {
  return fc
    .tuple(
      fc.constantFrom('if-match', 'idempotency-key', 'content-type', 'accept', 'last-event-id'),
      fc.constantFrom(...ODD_HEADERS),
    )
    .map(([name, value]) => ({ ...call, headers: { ...call.headers, [name]: value } }));
}
