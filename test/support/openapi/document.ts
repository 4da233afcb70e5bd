/** What the tests read of an OpenAPI 3.1 document. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: unknown;
}

export interface Operation {
  readonly operationId: string;
  readonly 'x-required-scope'?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: { readonly 'application/json': { readonly schema: Schema } } };
  readonly responses: Readonly<
    Record<string, { readonly content?: Readonly<Record<string, { schema?: Schema }>> }>
  >;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query' | 'header';
  readonly required: boolean;
  readonly schema: Schema;
}

/** JSON Schema 2020-12, as far as ours goes. */
export interface Schema {
  readonly type?: string | readonly string[];
  readonly enum?: readonly unknown[];
  readonly const?: unknown;
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly format?: string;
  readonly pattern?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
  readonly exclusiveMaximum?: number;
  readonly items?: Schema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
}

/** An operation with its place. */
export interface Place {
  readonly method: string;
  readonly path: string;
  readonly operation: Operation;
}

/** Every operation, with the schemas it refers to in their places: none of ours holds itself. */
export function placesOf(document: Document): Place[] {
  const { paths } = withoutReferences(document, document) as Document;
  return Object.entries(paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method, path, operation })),
  );
}

function withoutReferences(part: unknown, document: Document): unknown {
  if (Array.isArray(part)) return part.map((item) => withoutReferences(item, document));
  if (typeof part !== 'object' || part === null) return part;
  const { $ref, ...rest } = part as { readonly $ref?: unknown };
  const own = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, withoutReferences(value, document)]),
  );
  if (typeof $ref !== 'string') return own;
  const steps = $ref.split('/').slice(1);
  const target = steps.reduce<unknown>((at, step) => (at as Record<string, unknown>)[step], document);
  return { ...(withoutReferences(target, document) as object), ...own };
}
