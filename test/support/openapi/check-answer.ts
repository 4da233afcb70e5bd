import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Document, Place } from './document.js';

/** An answer as it came. */
export interface Answer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/** Compares answers with what a document says of them. @returns what is wrong, in words, or undefined */
export function answerChecker(document: Document): (place: Place, answer: Answer) => string | undefined {
  const ajv = new Ajv2020({ strict: false, allErrors: false });
  formats.default(ajv);
  const whole = JSON.parse(
    JSON.stringify(document).replaceAll('"#/components/', '"document#/components/'),
  ) as Document;
  ajv.addSchema({ $id: 'document', components: whole.components });
  const validators = new Map<string, ReturnType<typeof ajv.compile>>();

  return (place, { status, contentType, body }) => {
    const operation = whole.paths[place.path]![place.method]!;
    const response = operation.responses[status];
    if (!response) return `status ${status} is not documented: ${body.slice(0, 200)}`;
    if (!response.content)
      return body === '' ? undefined : `status ${status} has a body and should have none`;
    const type = contentType.split(';')[0]!.trim();
    const spec = response.content[type];
    if (!spec) return `status ${status} has the content type ${type || 'none'}`;
    if (!spec.schema || !type.endsWith('json')) return undefined;
    const key = `${operation.operationId} ${status}`;
    let validate = validators.get(key);
    if (!validate) validators.set(key, (validate = ajv.compile(spec.schema)));
    if (validate(JSON.parse(body))) return undefined;
    return `status ${status} has a body against its schema: ${ajv.errorsText(validate.errors)}`;
  };
}
