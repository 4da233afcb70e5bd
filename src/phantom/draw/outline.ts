import type { Random } from '../random.js';

/** A closed wobbly outline around a centre. */
export interface Outline {
  /** Distance from the centre relative to the outline: below 1 is inside. */
  depth(u: number, v: number): number;
}

/** What an outline is made from; lengths in units of the shorter side. */
export interface OutlineShape {
  readonly u: number;
  readonly v: number;
  readonly radiusU: number;
  readonly radiusV: number;
  /** Turn in radians. */
  readonly turn: number;
  /** 0 is an ellipse; 0.2 is very irregular. */
  readonly wobble: number;
}

/** Makes an outline: an ellipse whose radius is modulated by a few harmonics. */
export function outlineFrom(random: Random, shape: OutlineShape): Outline {
  const waves = [2, 3, 5, 7].map((count) => ({
    count,
    phase: random.between(0, 2 * Math.PI),
    size: (random.between(0.4, 1) * shape.wobble * 2) / count,
  }));
  const cos = Math.cos(shape.turn);
  const sin = Math.sin(shape.turn);
  return {
    depth(u, v) {
      const du = u - shape.u;
      const dv = v - shape.v;
      const a = (du * cos + dv * sin) / shape.radiusU;
      const b = (dv * cos - du * sin) / shape.radiusV;
      const angle = Math.atan2(b, a);
      const radius = waves.reduce(
        (sum, { count, phase, size }) => sum + size * Math.cos(count * angle + phase),
        1,
      );
      return Math.hypot(a, b) / radius;
    },
  };
}
