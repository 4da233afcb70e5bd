import { cloudNoise, latticeValue } from '../noise.js';
import { randomFrom, seedOf } from '../random.js';
import { outlineFrom } from './outline.js';
import { bell, grey, smooth, type Scene, type SceneRequest } from './scene.js';

/** B-mode picture of a linear probe, as is usual for the breast: layers of tissue in speckle and one dark mass, which drifts with `phase`. */
export function ultrasound({ seed, phase }: SceneRequest): Scene {
  const random = randomFrom('ultrasound', seed);
  const tissue = cloudNoise(seedOf('tissue', seed));
  const speckleSeed = seedOf('speckle', seed, phase);
  const swing = 2 * Math.PI * phase;
  const mass = outlineFrom(random, {
    u: random.between(-0.1, 0.02) + 0.09 * Math.sin(swing),
    v: random.between(-0.04, 0.04) + 0.05 * Math.cos(swing),
    radiusU: random.between(0.15, 0.19),
    radiusV: random.between(0.1, 0.125),
    turn: random.between(-0.3, 0.3),
    wobble: 0.08,
  });
  const shadowU = random.between(-0.02, 0.02);

  return {
    shade(u, v, x, y) {
      const depth = v + 0.5;
      // Skin, fat lobules, gland, fascia.
      let echo = 62 + 70 * bell(depth, 0.035) + 48 * (tissue(u * 9, v * 16) - 0.5);
      echo += 34 * smooth(0.16, 0.28, depth) + 46 * bell(depth - 0.17 - 0.03 * Math.sin(u * 9), 0.012);
      echo += 56 * bell(depth - 0.8 - 0.03 * Math.sin(u * 6 + 1), 0.014) - 34 * smooth(0.82, 0.95, depth);
      const inside = mass.depth(u, v);
      const behind = mass.depth(u - shadowU, v - 0.2);
      echo += 34 * smooth(1, 0.5, behind) * smooth(1, 1.15, inside) * (v > 0 ? 1 : 0);
      echo += 30 * bell(inside - 1.06, 0.05);
      echo *= 1 - 0.82 * smooth(1.03, 0.95, inside);
      // Speckle: grains longer across the beam than along it, Rayleigh distributed.
      const grain =
        latticeValue(speckleSeed, Math.floor(x / 2.4), y) * 0.55 +
        latticeValue(speckleSeed ^ 77, x, y) * 0.45;
      const speckle = 0.45 + 0.62 * Math.sqrt(-2 * Math.log(1 - 0.98 * grain)) * 0.82;
      return grey(echo * speckle * (1.1 - 0.35 * depth));
    },
    inside: (u, v) => mass.depth(u, v) <= 1,
  };
}
