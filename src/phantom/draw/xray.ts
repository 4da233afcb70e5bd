import { cloudNoise } from '../noise.js';
import { randomFrom, seedOf } from '../random.js';
import { bell, grey, smooth, type Scene, type SceneRequest } from './scene.js';

/** Frontal chest radiograph: two dark lung fields, ribs, spine, clavicles, heart and diaphragm. */
export function xray({ seed }: SceneRequest): Scene {
  const random = randomFrom('xray', seed);
  const tissue = cloudNoise(seedOf('tissue', seed));
  const size = random.between(0.94, 1.05);
  const heartSize = random.between(0.94, 1.08);
  const dome = [random.between(0.225, 0.245), random.between(0.24, 0.262)] as const;

  /** Below 1 inside the heart's shadow, which lies towards the right of the picture. */
  const heart = (u: number, v: number): number => {
    const [du, dv] = [(u - 0.045) / (0.125 * heartSize), (v - 0.13) / (0.135 * heartSize)];
    return Math.hypot(du * 0.95 - dv * 0.3, dv * 0.95 + du * 0.25);
  };
  /** How far a place is inside a lung, in units of the shorter side; negative outside. */
  const lung = (u: number, v: number): number => {
    const right = u > 0;
    const across = Math.abs(u) / size;
    const along = (v + 0.04) / (0.315 * size);
    if (Math.abs(along) >= 1) return -1;
    // Narrow at the apex, wide at the base; flat towards the middle.
    const half = 0.142 * Math.sqrt(1 - along * along) * (0.86 + 0.2 * along) + 0.004;
    const centre = 0.168 + 0.022 * along;
    const floor = dome[right ? 1 : 0] - 0.075 * bell(across - 0.15, 0.075) + 0.05 * smooth(0.2, 0.3, across);
    const sides = Math.min(across - (centre - half), centre + half - across);
    const inner = across - (0.052 + 0.012 * bell(v, 0.06));
    return Math.min(sides, inner, floor - v, (heart(u, v) - 1) * 0.12);
  };

  return {
    shade(u, v) {
      const across = Math.abs(u);
      // The body: shoulders widen upwards, arms leave the picture.
      const edge = 0.42 + 0.1 * smooth(-0.2, -0.42, v) - 0.3 * smooth(-0.36, -0.55, v) + 0.02 * v;
      const body = smooth(edge + 0.015, edge - 0.03, across);
      const deep = lung(u, v);
      const air = smooth(-0.006, 0.02, deep);
      let value = 16 + body * (138 + 30 * (tissue(u * 7, v * 7) - 0.5));
      value += 22 * smooth(0.16, 0.3, v) * body;
      value -= air * 96;
      // Vessels fan out from the hilum: brighter, cloudy, strongest near the middle.
      value += air * 46 * smooth(0.24, 0.06, across) * tissue(u * 22, v * 22) * bell(v - 0.03, 0.16);
      // Ribs: arcs that fall towards the outside, brighter at their edges.
      const arc = (v + 0.34 - 0.6 * across * across - 0.1 * across) / 0.072;
      const within = Math.abs(arc - Math.round(arc));
      const chest =
        smooth(0.36, 0.31, across) *
        smooth(0.02, 0.06, across) *
        smooth(-0.4, -0.34, v) *
        smooth(0.33, 0.2, v);
      value += chest * body * (17 * smooth(0.24, 0.16, within) + 11 * bell(within - 0.2, 0.04));
      // Spine with discs, trachea, clavicles, heart.
      value += body * 34 * bell(u, 0.026) * (0.8 + 0.2 * Math.cos((v * 2 * Math.PI) / 0.062));
      value -= body * 30 * bell(u, 0.013) * smooth(-0.05, -0.14, v);
      value += body * 30 * bell(v + 0.3 - 0.32 * Math.abs(across - 0.18), 0.012) * smooth(0.03, 0.06, across);
      value += body * 30 * smooth(1.02, 0.5, heart(u, v));
      return grey(value + 5 * (tissue(u * 160, v * 160) - 0.5));
    },
    inside: (u, v) => lung(u, v) > 0,
  };
}
