import { cloudNoise } from '../noise.js';
import { randomFrom, seedOf } from '../random.js';
import { outlineFrom } from './outline.js';
import { mix, scale, smooth, type Rgb, type Scene, type SceneRequest } from './scene.js';
import { StrokeLayer } from './strokes.js';

const SKIN: Rgb = [226, 181, 156];
const EDGE: Rgb = [150, 96, 66];
const CORE: Rgb = [66, 38, 30];
const HAIR: Rgb = [52, 36, 28];

/** Pale skin with hair and one irregular brown lesion, unevenly lit as under a dermatoscope. */
export function dermoscopy({ width, height, seed }: SceneRequest): Scene {
  const random = randomFrom('dermoscopy', seed);
  const skin = cloudNoise(seedOf('skin', seed));
  const patches = cloudNoise(seedOf('pigment', seed));
  const lesion = outlineFrom(random, {
    u: random.between(-0.08, 0.08),
    v: random.between(-0.06, 0.06),
    radiusU: random.between(0.2, 0.28),
    radiusV: random.between(0.16, 0.23),
    turn: random.between(0, Math.PI),
    wobble: 0.13,
  });
  const hair = new StrokeLayer(width, height);
  const side = Math.min(width, height);
  for (let i = 0; i < 14; i += 1) {
    const [x, y] = [random.between(0, width), random.between(0, height)];
    const [heading, bend] = [random.between(0.4, 1.3), random.between(-0.8, 0.8)];
    const length = side * random.between(0.2, 0.55);
    const points = Array.from({ length: 12 }, (_, step) => {
      const t = step / 11;
      const angle = heading + bend * t;
      const radius = side * 0.0022 * (1 - 0.7 * t) + 0.2;
      return { x: x + Math.cos(angle) * length * t, y: y + Math.sin(angle) * length * t, radius };
    });
    hair.draw(points, random.between(0.6, 0.95));
  }
  return {
    shade(u, v, x, y) {
      const mottled = scale(SKIN, 0.93 + 0.14 * skin(u * 9, v * 9));
      const depth = lesion.depth(u, v);
      // A net of fine darker lines, the sign dermatologists look for.
      const net = 0.06 * Math.max(0, Math.sin(u * 190 + 3 * skin(u * 6, v * 6)) * Math.sin(v * 190));
      const dark = smooth(1, 0.35, depth + 0.5 * (patches(u * 11, v * 11) - 0.5));
      const brown = scale(mix(EDGE, CORE, dark), 0.92 + 0.2 * patches(u * 24, v * 24) - net);
      const color = mix(mottled, brown, smooth(1.06, 0.94, depth));
      const light = 1 - 0.45 * Math.max(0, Math.hypot(u, v) - 0.32);
      return scale(mix(color, HAIR, hair.at(x, y)), light);
    },
    inside: (u, v) => lesion.depth(u, v) <= 1,
  };
}
