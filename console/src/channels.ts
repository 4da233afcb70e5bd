/** The channels there are, as the gateway describes them: which, is not the console's to know. */
import { signal } from '@preact/signals';
import { api, type Channel } from './api/index.js';

/** Empty until the gateway has said so: names then stand for themselves. */
export const channels = signal<readonly Channel[]>([]);

/** Asks which channels there are. What it answered before stays when it does not. */
export async function readChannels(): Promise<void> {
  const page = await api.channels().catch(() => undefined);
  if (page) channels.value = page.items;
}

const find = (name: string) => channels.value.find((channel) => channel.name === name);

export const channelTitle = (name: string | null | undefined): string =>
  name ? (find(name)?.title ?? name) : 'No channel';

/** Its colour, as its masks have in the viewers; undefined of one that is not described. */
export const channelColor = (name: string | null | undefined): string | undefined =>
  name ? find(name)?.color : undefined;
