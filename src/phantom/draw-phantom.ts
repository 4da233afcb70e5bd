import type { Channel, Mask, Raster } from '../core/index.js';
import { colonoscopy } from './draw/colonoscopy.js';
import { dermoscopy } from './draw/dermoscopy.js';
import { fundus } from './draw/fundus.js';
import { microscopy } from './draw/microscopy.js';
import { render, type Scene, type SceneRequest } from './draw/scene.js';
import { ultrasound } from './draw/ultrasound.js';
import { xray } from './draw/xray.js';

const SCENES = {
  dermoscopy,
  xray,
  ultrasound,
  fundus,
  microscopy,
  colonoscopy,
} satisfies Record<Channel, (request: SceneRequest) => Scene>;

/** A channel that there is a picture of. */
export type PhantomChannel = keyof typeof SCENES;

export const isPhantomChannel = (name: string): name is PhantomChannel => Object.hasOwn(SCENES, name);

/** Which picture to draw. */
export interface DrawRequest {
  readonly channel: PhantomChannel;
  readonly width: number;
  readonly height: number;
  /** Any whole number; the same one draws the same picture. */
  readonly seed: number;
  /** Place in a movement, 0–1 (ultrasound's mass drifts); 0 when left out. */
  readonly phase?: number | undefined;
}

/** Draws the channel's picture and its true mask. */
export function drawPhantom(request: DrawRequest): { raster: Raster; mask: Mask } {
  const { channel, width, height, seed, phase = 0 } = request;
  return render(SCENES[channel]({ width, height, seed, phase }), width, height);
}
