import fc, { type Arbitrary } from 'fast-check';
import type { Schema } from './document.js';

const DAY_MS = 24 * 3600 * 1000;

/** Texts that patterns often allow and nobody thinks of: the first and the last of what can be counted. */
const EDGES = [
  '0',
  '00',
  '-1',
  '0-0',
  '0-1',
  '000-000',
  '999999999999999-9999999999',
  '1970-01-01',
  '.',
  '..',
  'null',
];

/** Values that mean something to the server, by the name of the field or parameter. */
export type Known = Readonly<Record<string, readonly unknown[]>>;

/**
 * Values that a schema allows. What it cannot say (a rule between two fields) the values may break.
 * @param name of the field, whose known values are preferred
 */
export function fromSchema(schema: Schema, known: Known, name = ''): Arbitrary<unknown> {
  const values = Object.hasOwn(known, name) ? known[name]! : [];
  if (values.length === 0) return generated(schema, known);
  return fc.oneof(
    { weight: 3, arbitrary: fc.constantFrom(...values) },
    { weight: 1, arbitrary: generated(schema, known) },
  );
}

function generated(schema: Schema, known: Known): Arbitrary<unknown> {
  if (schema.const !== undefined) return fc.constant(schema.const);
  if (schema.enum) return fc.constantFrom(...schema.enum);
  const choices = schema.anyOf ?? schema.oneOf;
  if (choices) return fc.oneof(...choices.map((choice) => fromSchema(choice, known)));
  if (schema.allOf) {
    return fc
      .tuple(...schema.allOf.map((part) => fromSchema(part, known)))
      .map((parts) => Object.assign({}, ...parts) as unknown);
  }
  if (Array.isArray(schema.type)) {
    return fc.oneof(...schema.type.map((type: string) => fromSchema({ ...schema, type }, known)));
  }
  switch (schema.type) {
    case 'string':
      return strings(schema);
    case 'integer':
      return fc.integer(bounds(schema, 1));
    case 'number':
      return fc.double({ ...bounds(schema, 1e-9), noNaN: true, noDefaultInfinity: true });
    case 'boolean':
      return fc.boolean();
    case 'null':
      return fc.constant(null);
    case 'array':
      return fc.array(fromSchema(schema.items ?? {}, known), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 4, (schema.minItems ?? 0) + 4),
      });
    case 'object':
      return objects(schema, known);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function strings(schema: Schema): Arbitrary<string> {
  const size = { minLength: schema.minLength ?? 0, maxLength: Math.min(schema.maxLength ?? 40, 200) };
  if (schema.format === 'date-time') {
    const range = { min: new Date('2000-01-01T00:00:00Z'), max: new Date('2100-01-01T00:00:00Z') };
    return fc.date({ ...range, noInvalidDate: true }).map((date) => date.toISOString());
  }
  // Never an address of anybody's: what is sent there would leave the machine.
  if (schema.format === 'uri') return fc.nat(1000).map((n) => `http://127.0.0.1:9/${n}`);
  if (schema.format === 'uuid') return fc.uuid();
  if (schema.format === 'date')
    return fc.nat(20_000).map((day) => new Date(day * DAY_MS).toISOString().slice(0, 10));
  if (schema.pattern !== undefined) {
    const pattern = new RegExp(schema.pattern);
    const atTheEdge = EDGES.filter((text) => pattern.test(text));
    const matching = fc
      .stringMatching(pattern, { size: 'small' })
      .map((text) =>
        text.padEnd(size.minLength, 'a').slice(0, schema.maxLength ?? text.length + size.minLength),
      )
      .filter((text) => pattern.test(text));
    if (atTheEdge.length === 0) return matching;
    return fc.oneof(
      { weight: 3, arbitrary: matching },
      { weight: 1, arbitrary: fc.constantFrom(...atTheEdge) },
    );
  }
  return fc.string({ ...size, unit: 'grapheme' });
}

function bounds(schema: Schema, step: number): { min: number; max: number } {
  const lowest = schema.minimum ?? (schema.exclusiveMinimum ?? -1001) + step;
  const highest = schema.maximum ?? (schema.exclusiveMaximum ?? Math.max(lowest, 0) + 1001) - step;
  return { min: lowest, max: highest };
}

function objects(schema: Schema, known: Known): Arbitrary<unknown> {
  const properties = Object.entries(schema.properties ?? {});
  const named = fc.record(
    Object.fromEntries(properties.map(([name, property]) => [name, fromSchema(property, known, name)])),
    { requiredKeys: [...(schema.required ?? [])] as never[] },
  );
  if (typeof schema.additionalProperties !== 'object') return named;
  const more = fc.dictionary(
    fc.string({ minLength: 1, maxLength: 12 }),
    fromSchema(schema.additionalProperties, known),
    {
      maxKeys: 3,
    },
  );
  return fc.tuple(more, named).map(([others, own]) => ({ ...others, ...own }));
}
