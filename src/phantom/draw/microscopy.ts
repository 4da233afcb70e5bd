import { cloudNoise } from '../noise.js';
import { randomFrom, seedOf } from '../random.js';
import { outlineFrom, type Outline } from './outline.js';
import { bell, mix, scale, smooth, type Rgb, type Scene, type SceneRequest } from './scene.js';

/** Colours of the two preparations: stained section (pale) and fluorescence (dark). */
const STAINS: readonly {
  readonly ground: Rgb;
  readonly fibre: Rgb;
  readonly nucleus: Rgb;
  readonly rim: Rgb;
}[] = [
  { ground: [240, 216, 230], fibre: [222, 150, 186], nucleus: [112, 66, 142], rim: [70, 36, 104] },
  { ground: [10, 10, 26], fibre: [18, 22, 52], nucleus: [64, 104, 226], rim: [104, 150, 255] },
];

interface Nucleus {
  readonly u: number;
  readonly v: number;
  readonly reach: number;
  readonly tone: number;
  readonly outline: Outline;
}

/** Cell nuclei in a stained section (even seeds) or in fluorescence (odd seeds). */
export function microscopy({ width, height, seed }: SceneRequest): Scene {
  const random = randomFrom('microscopy', seed);
  const texture = cloudNoise(seedOf('texture', seed));
  const stain = STAINS[seed % 2 === 0 ? 0 : 1]!;
  const side = Math.min(width, height);
  const [halfU, halfV] = [width / side / 2, height / side / 2];
  const nuclei: Nucleus[] = [];
  for (let attempt = 0; attempt < 900 && nuclei.length < 60; attempt += 1) {
    const long = random.between(0.032, 0.052);
    const [u, v] = [random.between(-halfU, halfU), random.between(-halfV, halfV)];
    if (nuclei.some((other) => Math.hypot(other.u - u, other.v - v) < (other.reach + long) * 1.02)) continue;
    const shape = {
      u,
      v,
      radiusU: long,
      radiusV: long * random.between(0.62, 0.95),
      turn: random.between(0, Math.PI),
      wobble: 0.05,
    };
    nuclei.push({ u, v, reach: long, tone: random.between(0.82, 1.12), outline: outlineFrom(random, shape) });
  }
  const nearest = (u: number, v: number): { depth: number; tone: number } => {
    let best = { depth: Infinity, tone: 1 };
    for (const nucleus of nuclei) {
      if (Math.abs(nucleus.u - u) > nucleus.reach * 1.6 || Math.abs(nucleus.v - v) > nucleus.reach * 1.6)
        continue;
      const depth = nucleus.outline.depth(u, v);
      if (depth < best.depth) best = { depth, tone: nucleus.tone };
    }
    return best;
  };

  return {
    shade(u, v) {
      const { depth, tone } = nearest(u, v);
      const strands = smooth(0.42, 0.62, texture(u * 9 + 2 * texture(u * 4, v * 4), v * 17));
      const ground = scale(mix(stain.ground, stain.fibre, strands), 0.95 + 0.1 * texture(u * 50, v * 50));
      const chromatin = scale(stain.nucleus, tone * (0.78 + 0.44 * texture(u * 75, v * 75)));
      const body = mix(chromatin, stain.rim, 0.7 * bell(depth - 0.93, 0.07));
      return mix(ground, body, smooth(1.06, 0.94, depth));
    },
    inside: (u, v) => nearest(u, v).depth <= 1,
  };
}
