import { z } from 'zod';
import type { Agreement } from '../../store/index.js';
import { AppError } from '../../core/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import { channelName } from '../vocabulary.js';
import { modelOf, type ModelsState } from './models-state.js';

const share = z.number().min(0).max(1);

const agreement = z
  .object({
    channel: channelName.nullable().describe('null: neither model takes it for one of its own'),
    studies: z.int(),
    units: z.int(),
    meanDice: share
      .nullable()
      .describe('overlap of the masks, over units in which either model sees something; null without any'),
    sameOutcome: share.describe('share of the units that both models end alike'),
  })
  .meta({ id: 'ShadowAgreement' });

const shadowComparison = z
  .object({
    model: z
      .object({ id: z.string(), version: z.string().nullable().describe('null when its files are gone') })
      .nullable()
      .describe('null when there is no shadow'),
    against: z.string().nullable().describe('id of the active model it is compared with'),
    since: z.string().nullable().describe('begin of the comparison: anew when either model changes'),
    perChannel: z.array(agreement),
    skipped: z.int().describe('studies left out because the shadow is slower than they come'),
    failed: z.int().describe('studies on which the shadow failed; the studies themselves did not'),
    lastError: z.string().nullable(),
  })
  .meta({ id: 'ShadowComparison' });

const shadowRequest = z
  .strictObject({ id: z.string().max(80).nullable().describe('null ends it') })
  .meta({ id: 'ShadowRequest' });

/** `GET /models/shadow` and `PUT /models/shadow` */
export function shadowEndpoints(state: ModelsState): Endpoint[] {
  const view = async () => {
    const [shadow, { perChannel, trouble }, { models }] = await Promise.all([
      state.shadow.state(),
      state.shadow.agreement(),
      state.catalogue(),
    ]);
    const version = models.find(({ id }) => id === shadow?.id)?.version ?? null;
    return {
      model: shadow ? { id: shadow.id, version } : null,
      against: shadow?.against ?? null,
      since: shadow?.since ?? null,
      perChannel: perChannel.map(describeAgreement),
      ...trouble,
      lastError: trouble.lastError ?? null,
    };
  };
  const replies = {
    200: { description: 'The shadow model and its agreement so far', schema: shadowComparison },
  };

  return [
    endpoint({
      operationId: 'showShadowModel',
      method: 'get',
      path: '/models/shadow',
      tag: 'models',
      summary: 'The second model that runs beside the active one, and how they agree',
      description: 'Of units with more than 16 frames 16 are compared, spread evenly.',
      scope: 'admin:read',
      replies,
      handle: async () => ({ status: 200, body: await view() }),
    }),
    endpoint({
      operationId: 'setShadowModel',
      method: 'put',
      path: '/models/shadow',
      tag: 'models',
      summary: 'Run a second model beside the active one, or end that',
      description:
        'It sees every study after its result is stored, stores nothing, and whatever it does the study does not ' +
        'notice. It takes a second engine of memory on every worker (engine.memoryMegabytes).',
      scope: 'admin:*',
      body: shadowRequest,
      replies,
      errors: ['NOT_FOUND', 'CONFLICT'],
      async handle({ body }) {
        if (body.id === null) {
          await state.shadow.set(undefined);
          return { status: 200, body: await view() };
        }
        const catalogue = await state.catalogue();
        const { id } = modelOf(catalogue, body.id);
        const against = await state.activeId(catalogue);
        if (id === against || against === undefined) {
          throw new AppError('CONFLICT', 'This model is the active one: choose another');
        }
        await state.shadow.set({ id, against });
        return { status: 200, body: await view() };
      },
    }),
  ];
}

function describeAgreement({ channel, studies, units, same, dice, diceUnits }: Agreement) {
  return {
    channel,
    studies,
    units,
    meanDice: diceUnits === 0 ? null : Math.min(1, dice / diceUnits),
    sameOutcome: units === 0 ? 0 : same / units,
  };
}
