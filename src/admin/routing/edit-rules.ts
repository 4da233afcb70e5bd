import { z } from 'zod';
import { parseRoutingRules, type RoutingVersions } from '../../routing/index.js';
import { AppError, type Channel } from '../../core/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import { mustBeRules, rulesField } from './rules-body.js';
import { etagOf, versionWhole, wholeOf } from './version-schemas.js';

const rulesRequest = z
  .strictObject({
    rules: rulesField,
    comment: z.string().max(500).default('').describe('why, for those who come later'),
  })
  .meta({ id: 'RoutingRequest' });
const rulesCheckRequest = z.strictObject({ rules: rulesField }).meta({ id: 'RulesCheckRequest' });
const rulesCheck = z
  .object({
    valid: z.boolean(),
    errors: z.array(
      z
        .object({ path: z.string().describe('`rules.3.when.description.0`'), message: z.string() })
        .meta({ id: 'RuleProblem' }),
    ),
  })
  .meta({ id: 'RulesCheck' });

/** `GET /routing`, `POST /routing/validate` and `PUT /routing` */
export function editRules(versions: RoutingVersions, channels: readonly Channel[]): Endpoint[] {
  return [showRules(versions), validateRules(channels), putRules(versions, channels)];
}

function showRules(versions: RoutingVersions): Endpoint {
  return endpoint({
    operationId: 'showRouting',
    method: 'get',
    path: '/routing',
    tag: 'routing',
    summary: 'The routing rules in force',
    scope: 'admin:read',
    replies: { 200: { description: 'The newest version; its number is the ETag', schema: versionWhole } },
    errors: ['CONFIG_INVALID'],
    async handle() {
      const newest = await versions.newest();
      return { status: 200, body: wholeOf(await mustRead(versions, newest)), etag: etagOf(newest) };
    },
  });
}

function validateRules(channels: readonly Channel[]): Endpoint {
  return endpoint({
    operationId: 'validateRouting',
    method: 'post',
    path: '/routing/validate',
    tag: 'routing',
    summary: 'Check rules without keeping them',
    scope: 'admin:operate',
    body: rulesCheckRequest,
    replies: {
      200: {
        description: 'What is wrong with them, if anything',
        schema: rulesCheck,
      },
    },
    async handle({ body }) {
      const parsed = parseRoutingRules(body.rules, channels);
      const errors = 'problems' in parsed ? parsed.problems : [];
      return { status: 200, body: { valid: errors.length === 0, errors } };
    },
  });
}

function putRules(versions: RoutingVersions, channels: readonly Channel[]): Endpoint {
  return endpoint({
    operationId: 'putRouting',
    method: 'put',
    path: '/routing',
    tag: 'routing',
    summary: 'Put routing rules in force',
    description:
      'Kept as a new version. Every worker uses it from its next study on; studies that are done are not run again ' +
      'by themselves: reprocess them, or start a backfill. Where the channel stays the same, nothing new is stored.',
    scope: 'admin:*',
    conditional: true,
    body: rulesRequest,
    replies: { 200: { description: 'The new version', schema: versionWhole } },
    async handle({ body, ifMatch, actor }) {
      const { text } = mustBeRules(body.rules, channels);
      const newest = await versions.newest();
      const changed = new AppError('PRECONDITION_FAILED', `The rules are at version ${newest} by now`);
      if (ifMatch !== '*' && ifMatch !== etagOf(newest)) throw changed;
      const entry = { text, actor: actor.name, comment: body.comment };
      const version = await versions.put(entry, newest);
      if (version === undefined) throw changed;
      return { status: 200, body: wholeOf(await mustRead(versions, version)), etag: etagOf(version) };
    },
  });
}

/** @throws AppError `NOT_FOUND` */
export async function mustRead(versions: RoutingVersions, version: number) {
  const read = await versions.read(version);
  if (read) return read;
  throw new AppError('NOT_FOUND', 'There is no such version');
}
