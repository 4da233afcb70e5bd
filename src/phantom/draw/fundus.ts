import { cloudNoise } from '../noise.js';
import { randomFrom, seedOf, type Random } from '../random.js';
import { bell, mix, scale, smooth, type Rgb, type Scene, type SceneRequest } from './scene.js';
import { StrokeLayer, type StrokePoint } from './strokes.js';

const RETINA: Rgb = [206, 96, 40];
const DISC: Rgb = [255, 226, 150];
const VESSEL: Rgb = [112, 26, 20];
/** Radius of the visible circle. */
const FIELD = 0.475;

/** Retina through the pupil: orange circle, bright optic disc, dark macula, branching vessels. */
export function fundus({ width, height, seed }: SceneRequest): Scene {
  const random = randomFrom('fundus', seed);
  const choroid = cloudNoise(seedOf('choroid', seed));
  const eye = random.next() < 0.5 ? -1 : 1;
  const disc = { u: eye * 0.2, v: random.between(-0.03, 0.02) };
  const side = Math.min(width, height);
  const vessels = new StrokeLayer(width, height);
  const toPixel = (u: number, v: number, radius: number): StrokePoint => ({
    x: u * side + width / 2,
    y: v * side + height / 2,
    radius: radius * side,
  });
  // The macula lies on the temporal side; the large vessels arch around it, smaller ones go to the nasal side.
  const temporal = -eye;
  for (const up of [-1, 1]) {
    const upright = up * (Math.PI / 2);
    const inwards = -up * temporal;
    for (const [lean, bend, radius] of [
      [0.15, 2.5, 0.0092],
      [0.5, 1.8, 0.0074],
      [-0.75, -0.5, 0.0068],
      [-1.15, 0.2, 0.0052],
    ] as const) {
      const heading = upright + inwards * (lean + random.between(-0.12, 0.12));
      const sprout = {
        u: disc.u,
        v: disc.v,
        heading,
        bend: inwards * bend,
        radius: radius * random.between(0.92, 1.08),
      };
      grow({ layer: vessels, random, toPixel }, sprout, 0);
    }
  }
  const within = (u: number, v: number): boolean => Math.hypot(u, v) < FIELD - 0.006;

  return {
    shade(u, v, x, y) {
      const radius = Math.hypot(u, v);
      if (radius > FIELD) return [3, 2, 2];
      const fromDisc = Math.hypot((u - disc.u) * 1.06, v - disc.v);
      let color = scale(RETINA, 0.84 + 0.3 * choroid(u * 8, v * 8) - 0.7 * radius * radius);
      color = scale(color, 1 - 0.38 * bell(Math.hypot(u - disc.u + eye * 0.27, v - disc.v - 0.03), 0.05));
      color = mix(color, DISC, 0.95 * smooth(0.075, 0.055, fromDisc) + 0.14 * bell(fromDisc, 0.11));
      color = mix(color, [255, 246, 206], 0.7 * smooth(0.034, 0.02, fromDisc));
      color = mix(color, VESSEL, 0.82 * vessels.at(x, y));
      return scale(color, smooth(FIELD, FIELD - 0.012, radius));
    },
    inside: (u, v, x, y) => within(u, v) && vessels.at(x, y) >= 0.5,
  };
}

/** What a vessel is drawn with. */
interface Pen {
  readonly layer: StrokeLayer;
  readonly random: Random;
  readonly toPixel: (u: number, v: number, radius: number) => StrokePoint;
}

/** How a vessel starts; lengths in units of the shorter side, `bend` in turns of 0.03 rad a step. */
interface Sprout {
  readonly u: number;
  readonly v: number;
  readonly heading: number;
  readonly bend: number;
  readonly radius: number;
}

/** Draws one vessel and, by chance, its branches. */
function grow(pen: Pen, sprout: Sprout, generation: number): void {
  const { random } = pen;
  let { u, v, heading, bend, radius } = sprout;
  const points: StrokePoint[] = [pen.toPixel(u, v, radius)];
  for (let step = 0; step < 46 && radius > 0.0014 && Math.hypot(u, v) < FIELD + 0.02; step += 1) {
    heading += bend * 0.03 + random.between(-0.09, 0.09);
    bend *= 0.985;
    u += Math.cos(heading) * 0.02;
    v += Math.sin(heading) * 0.02;
    radius *= 0.977;
    points.push(pen.toPixel(u, v, radius));
    if (generation < 2 && step > 3 && random.next() < 0.15) {
      const turn = random.between(0.5, 0.95) * (random.next() < 0.5 ? -1 : 1);
      grow(pen, { u, v, heading: heading + turn, bend: -0.5 * turn, radius: radius * 0.66 }, generation + 1);
      radius *= 0.95;
    }
  }
  pen.layer.draw(points);
}
