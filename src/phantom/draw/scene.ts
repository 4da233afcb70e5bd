import type { Mask, Raster } from '../../core/index.js';

/** Red, green and blue, 0–255 (clamped when the picture is made). */
export type Rgb = readonly [number, number, number];

/**
 * A picture as two functions of the place. Places are measured from the centre in units of the shorter side:
 * `u` to the right, `v` downwards, each -0.5…0.5 in a square picture.
 */
export interface Scene {
  /** Colour at a place; `x` and `y` are the pixel, for what is drawn in pixels (speckle, layers). */
  shade(u: number, v: number, x: number, y: number): Rgb;
  /** Whether the place belongs to what the channel segments. */
  inside(u: number, v: number, x: number, y: number): boolean;
}

/** What a scene is made from. */
export interface SceneRequest {
  readonly width: number;
  readonly height: number;
  readonly seed: number;
  /** Place in a movement, 0–1; only some scenes move. */
  readonly phase: number;
}

/** Evaluates a scene at every pixel. */
export function render(scene: Scene, width: number, height: number): { raster: Raster; mask: Mask } {
  const side = Math.min(width, height);
  const data = new Uint8Array(width * height * 3);
  const mask = new Uint8Array(width * height);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const u = (x + 0.5 - width / 2) / side;
      const v = (y + 0.5 - height / 2) / side;
      const at = y * width + x;
      data.set(scene.shade(u, v, x, y).map(toByte), at * 3);
      mask[at] = scene.inside(u, v, x, y) ? 1 : 0;
    }
  }
  return { raster: { width, height, data }, mask: { rows: height, columns: width, data: mask } };
}

function toByte(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}

/** Linear blend of two colours; `t` 0–1. */
export function mix(a: Rgb, b: Rgb, t: number): Rgb {
  return [a[0] + (b[0] - a[0]) * t, a[1] + (b[1] - a[1]) * t, a[2] + (b[2] - a[2]) * t];
}

/** A colour made brighter or darker by a factor. */
export function scale(color: Rgb, factor: number): Rgb {
  return [color[0] * factor, color[1] * factor, color[2] * factor];
}

/** The same value in all three parts. */
export function grey(value: number): Rgb {
  return [value, value, value];
}

/** Smooth step from 0 at `from` to 1 at `to`; `from` may be the larger one. */
export function smooth(from: number, to: number, value: number): number {
  const t = Math.max(0, Math.min(1, (value - from) / (to - from)));
  return t * t * (3 - 2 * t);
}

/** Bell curve: 1 at 0, `Math.exp(-0.5)` at `width`. */
export function bell(distance: number, width: number): number {
  return Math.exp(-0.5 * (distance / width) ** 2);
}
