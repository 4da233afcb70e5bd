import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { openApiDocument } from '../../scripts/openapi-document.js';
import { collectNamedSchemas } from '../../src/admin/http/named-schemas.js';

const file = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');
const { version } = JSON.parse(file('package.json')) as { version: string };
const root = new URL('../..', import.meta.url).pathname;

interface Media {
  readonly schema?: Readonly<Record<string, unknown>>;
}
interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: Readonly<Record<string, Media>> };
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, Media>> }>>;
}

describe('the OpenAPI document', () => {
  const document = openApiDocument(root, version) as {
    paths: Record<string, Record<string, Operation>>;
    components: { schemas: Record<string, { enum?: readonly string[] }> };
  };
  const operations = Object.values(document.paths).flatMap((methods) => Object.values(methods));

  it('names the schema of every request and of every answer', () => {
    const schemas = operations.flatMap(({ operationId, requestBody, responses }) =>
      [requestBody, ...Object.values(responses)].flatMap((part) =>
        Object.values(part?.content ?? {}).flatMap(({ schema }) => (schema ? [{ operationId, schema }] : [])),
      ),
    );
    expect(schemas.length).toBeGreaterThan(operations.length);
    for (const { operationId, schema } of schemas) {
      expect([operationId, Object.keys(schema)]).toEqual([operationId, ['$ref']]);
      const name = String(schema.$ref).replace('#/components/schemas/', '');
      expect(Object.keys(document.components.schemas)).toContain(name);
    }
  });

  it('has an answer in JSON for all but pictures, pages of browsers and what has no body', () => {
    const without = operations.filter(({ responses }) =>
      Object.entries(responses).every(
        ([status, { content }]) => status >= '300' || !content?.['application/json'],
      ),
    );
    expect(without.map(({ operationId }) => operationId).sort()).toEqual([
      'beginOidcSignIn',
      'expireApiKey',
      'exportStudies',
      'finishOidcSignIn',
      'previewStudy',
      'removeWebhook',
      'revokeApiKey',
      'signOut',
      'streamEvents',
    ]);
  });

  it('keeps words of the field as enumerations, and channels open for other models', () => {
    const { Outcome, StudyState, Role, ChannelName } = document.components.schemas;
    expect(Outcome?.enum).toEqual(['segmented', 'empty', 'unsupported', 'failed', 'superseded']);
    expect(StudyState?.enum).toContain('retrying');
    expect(Role?.enum).toEqual(['viewer', 'operator', 'admin']);
    expect(ChannelName).not.toHaveProperty('enum');
  });

  it('is the one in docs/openapi.json (else run `npm run generate`)', () => {
    expect(JSON.parse(file('docs/openapi.json'))).toEqual(document);
  });
});

describe('named schemas', () => {
  it('stand once, however often they are referred to', () => {
    const schemas = collectNamedSchemas();
    const colour = z.enum(['red', 'blue']).meta({ id: 'TestColour' });
    const car = z.object({ paint: colour, roof: colour.optional() }).meta({ id: 'TestCar' });
    expect(schemas.reference(car, 'output')).toEqual({ $ref: '#/components/schemas/TestCar' });
    expect(schemas.all()).toMatchObject({
      TestCar: { properties: { paint: { $ref: '#/components/schemas/TestColour' } } },
      TestColour: { enum: ['red', 'blue'] },
    });
  });

  it('cannot share a name', () => {
    const schemas = collectNamedSchemas();
    schemas.reference(z.object({ a: z.string() }).meta({ id: 'TestTwice' }), 'output');
    expect(() => schemas.reference(z.object({ b: z.string() }).meta({ id: 'TestTwice' }), 'output')).toThrow(
      /TestTwice/,
    );
  });
});
