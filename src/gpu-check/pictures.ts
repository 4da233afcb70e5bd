import type { Channel, Raster } from '../core/index.js';
import type { LoadedManifest } from '../model/in-process.js';
import { drawPhantom, isPhantomChannel } from '../phantom/index.js';

type ManifestChannel = LoadedManifest['manifest']['channels'][number];

/** A generated picture and the channel that it is segmented as. */
export interface Shown {
  readonly channel: Channel;
  readonly index: number;
  /** How often the network runs for it. */
  readonly passes: number;
  readonly raster: Raster;
}

const EDGE = 700;
const SEED = 11;
/** Passes that a channel of a short check may have. */
const MAX_QUICK_PASSES = 4;

/** A picture of each channel of a model. @param quick one of a single pass and one of a few, where the model has them */
export function picturesOf(channels: readonly ManifestChannel[], quick: boolean): Shown[] {
  const short = [
    channels.find((channel) => passesOf(channel) === 1),
    channels.find((channel) => passesOf(channel) > 1 && passesOf(channel) <= MAX_QUICK_PASSES),
  ].filter((channel) => channel !== undefined);
  return (quick ? short : channels).map((channel) => {
    // What the generator does not draw gets a picture of ultrasound.
    const drawn = isPhantomChannel(channel.name) ? channel.name : 'ultrasound';
    const { raster } = drawPhantom({ channel: drawn, width: EDGE, height: EDGE, seed: SEED });
    return { channel: channel.name, index: channel.index, passes: passesOf(channel), raster };
  });
}

function passesOf({ tiles, views }: ManifestChannel): number {
  return tiles * tiles * views;
}
