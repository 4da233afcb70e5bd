import { z } from 'zod';
import { loadModalities, titleOf } from '../../routing/index.js';
import { endpoint, type Endpoint } from '../http/index.js';
import type { AdminDependencies } from '../dependencies.js';
import { channelName } from '../vocabulary.js';

const channel = z
  .object({
    name: channelName,
    title: z.string().describe('the kind of picture, as people call it'),
    segment: z.string().describe('what is segmented: the label of its SEGs'),
    color: z.string().describe('`#rrggbb`, as its masks have in the viewers'),
  })
  .meta({ id: 'Channel' });
const channelList = z.object({ items: z.array(channel) }).meta({ id: 'ChannelList' });

/** `GET /channels` */
export function listChannels({ settings }: AdminDependencies): Endpoint {
  const modalities = loadModalities(settings.model.modalities);
  const items = Object.entries(modalities.channels).map(([name, { label, color }]) => ({
    name,
    title: titleOf(modalities, name),
    segment: label,
    color: `#${color.map((value) => value.toString(16).padStart(2, '0')).join('')}`,
  }));
  return endpoint({
    operationId: 'listChannels',
    method: 'get',
    path: '/channels',
    tag: 'models',
    summary: 'The channels that the modalities file describes',
    description: 'Which of them can be used is the model’s to say: see `modalities` of GET /models.',
    scope: 'admin:read',
    replies: {
      200: {
        description: 'The channels, in the file’s order',
        schema: channelList,
      },
    },
    handle: () => Promise.resolve({ status: 200 as const, body: { items } }),
  });
}
