import { writeTinyModel } from '../model/tiny-model.js';

/** Grey level above which a pixel is foreground; every phantom has both darker and brighter ones. */
export const BRIGHT = 60;

/**
 * A model whose mask is what is brighter than `BRIGHT`, whatever the channel. For tests of the way that pictures and
 * masks take, where it must not matter how well a network was trained.
 * @returns path of its manifest
 */
export function writeBrightModel(): string {
  return writeTinyModel({
    change: (manifest) => ({
      ...manifest,
      input: {
        ...manifest.input,
        normalisation: { ...manifest.input.normalisation, mean: [BRIGHT, BRIGHT, BRIGHT] },
      },
      channels: manifest.channels.map((channel) => ({ ...channel, index: 0 })),
    }),
  });
}
