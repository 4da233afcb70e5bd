import { cloudNoise } from '../noise.js';
import { randomFrom, seedOf } from '../random.js';
import { outlineFrom } from './outline.js';
import { bell, mix, scale, smooth, type Rgb, type Scene, type SceneRequest } from './scene.js';

const MUCOSA: Rgb = [222, 128, 108];
const DEEP: Rgb = [58, 14, 12];
const POLYP: Rgb = [216, 92, 82];
const GLINT: Rgb = [255, 250, 244];

/** View into the colon: pink folds around a dark lumen, a domed polyp on the wall, wet highlights. */
export function colonoscopy({ width, height, seed }: SceneRequest): Scene {
  const random = randomFrom('colonoscopy', seed);
  const wall = cloudNoise(seedOf('wall', seed));
  const lumen = { u: random.between(0.12, 0.22), v: random.between(-0.2, -0.1) };
  const centre = { u: random.between(-0.2, -0.12), v: random.between(0.06, 0.14) };
  const radius = random.between(0.13, 0.17);
  const polyp = outlineFrom(random, {
    ...centre,
    radiusU: radius,
    radiusV: radius * random.between(0.85, 0.98),
    turn: random.between(0, Math.PI),
    wobble: 0.05,
  });
  const glints = Array.from({ length: 16 }, () => ({
    u: random.between(-0.5, 0.5),
    v: random.between(-0.4, 0.45),
    size: random.between(0.005, 0.013),
  }));
  const [halfU, halfV] = [width / Math.min(width, height) / 2, height / Math.min(width, height) / 2];

  return {
    shade(u, v) {
      // The endoscope's picture has cut corners.
      if (Math.abs(u) / halfU + Math.abs(v) / halfV > 1.72) return [2, 2, 2];
      const far = Math.hypot(u - lumen.u, (v - lumen.v) * 1.1);
      const around = Math.atan2(v - lumen.v, u - lumen.u);
      const wave = Math.log(far + 0.05) * 9 + 0.7 * Math.sin(around * 3 + seed) + 1.6 * wall(u * 5, v * 5);
      const fold = 0.5 + 0.5 * Math.sin(wave);
      const lit = 0.55 + 0.45 * fold ** 0.7;
      let color = scale(MUCOSA, lit * (0.86 + 0.22 * wall(u * 13, v * 13)));
      color = mix(color, DEEP, 0.94 * smooth(0.21, 0.05, far));
      // Fine vessels shine through.
      color = mix(
        color,
        [176, 52, 52],
        0.32 * bell(wall(u * 10, v * 10) - 0.5, 0.018) * smooth(0.2, 0.32, far),
      );
      color = scale(color, 1.12 - 0.55 * Math.hypot(u, v));

      const depth = polyp.depth(u, v);
      color = scale(color, 1 - 0.42 * smooth(1.4, 1, polyp.depth(u - 0.012, v - 0.02)));
      if (depth < 1.08) {
        const height = Math.sqrt(Math.max(0, 1 - depth * depth));
        const slope = (-(u - centre.u) * 0.6 - (v - centre.v) * 0.8) / radius;
        const lightness = 0.52 + 0.42 * height + 0.2 * slope + 0.14 * (wall(u * 44, v * 44) - 0.5);
        const dome = mix(
          scale(POLYP, lightness * 1.08),
          [255, 178, 160],
          0.25 * height * smooth(0, 0.7, slope),
        );
        color = mix(color, dome, smooth(1.04, 0.97, depth));
      }
      const spot = Math.hypot(u - centre.u + radius * 0.34, (v - centre.v + radius * 0.4) * 1.4);
      const wet = glints.reduce(
        (sum, glint) =>
          Math.max(sum, smooth(glint.size, glint.size * 0.5, Math.hypot(u - glint.u, (v - glint.v) * 1.8))),
        0,
      );
      return mix(
        color,
        GLINT,
        Math.max(
          0.95 * smooth(0.03, 0.016, spot),
          0.9 * wet * smooth(0.18, 0.3, far) * smooth(1, 1.2, depth),
        ),
      );
    },
    inside: (u, v) => polyp.depth(u, v) <= 1,
  };
}
