import { z } from 'zod';

type Json = Record<string, unknown>;

/** Which side of a schema is described: what is sent to it, or what it gives. */
export type Side = 'input' | 'output';

/** Collects the named schemas of a document, so that each stands once below `components/schemas`. */
export interface NamedSchemas {
  /**
   * JSON Schema 2020-12 of a schema; what has a name (`.meta({ id })`) is a reference, also the schema itself.
   * @throws Error when two different schemas have one name: that is a mistake in the endpoints
   */
  reference(schema: z.ZodType, side: Side): Json;
  /** Everything that was referred to so far, by its name, in alphabetical order. */
  all(): Json;
}

/** Starts with no schema. */
export function collectNamedSchemas(): NamedSchemas {
  const named = new Map<string, Json>();
  const keep = (name: string, schema: Json) => {
    const known = named.get(name);
    if (known !== undefined && JSON.stringify(known) !== JSON.stringify(schema)) {
      throw new Error(`Two different schemas have the name ${name}`);
    }
    named.set(name, schema);
  };
  return {
    reference(schema, side) {
      const { $defs = {}, ...own } = pointedAtComponents(
        z.toJSONSchema(schema, { io: side, unrepresentable: 'any' }),
      );
      for (const [name, definition] of Object.entries($defs as Record<string, Json>)) keep(name, definition);
      return Object.fromEntries(Object.entries(own).filter(([key]) => key !== '$schema'));
    },
    all: () => Object.fromEntries([...named].sort(([one], [other]) => (one < other ? -1 : 1))),
  };
}

/** zod refers to `$defs` of the same schema; an OpenAPI document keeps them at its own place. */
const pointedAtComponents = (schema: unknown): Json =>
  JSON.parse(JSON.stringify(schema), (key, value: unknown) =>
    key === '$ref' && typeof value === 'string'
      ? value.replace(/^#\/\$defs\//, '#/components/schemas/')
      : value,
  ) as Json;
