/** A point of a stroke in pixels, with the stroke's half-width there. */
export interface StrokePoint {
  readonly x: number;
  readonly y: number;
  readonly radius: number;
}

/** Coverage 0–1 of every pixel by lines drawn so far: for hair, ribs' shadows, vessels. */
export class StrokeLayer {
  private readonly coverage: Float32Array;

  constructor(
    private readonly width: number,
    private readonly height: number,
  ) {
    this.coverage = new Float32Array(width * height);
  }

  /** Draws a line through the points with soft edges; strength 0–1. */
  draw(points: readonly StrokePoint[], strength = 1): void {
    for (let i = 1; i < points.length; i += 1) this.segment(points[i - 1]!, points[i]!, strength);
  }

  /** Coverage at a pixel. */
  at(x: number, y: number): number {
    return this.coverage[y * this.width + x] ?? 0;
  }

  private segment(a: StrokePoint, b: StrokePoint, strength: number): void {
    const steps = Math.max(1, Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) * 2));
    for (let step = 0; step <= steps; step += 1) {
      const t = step / steps;
      this.dot(a.x + (b.x - a.x) * t, a.y + (b.y - a.y) * t, a.radius + (b.radius - a.radius) * t, strength);
    }
  }

  private dot(cx: number, cy: number, radius: number, strength: number): void {
    const reach = radius + 1;
    const bottom = Math.min(this.height - 1, Math.floor(cy + reach));
    const right = Math.min(this.width - 1, Math.floor(cx + reach));
    for (let y = Math.max(0, Math.ceil(cy - reach)); y <= bottom; y += 1) {
      for (let x = Math.max(0, Math.ceil(cx - reach)); x <= right; x += 1) {
        const value = Math.max(0, Math.min(1, radius + 0.5 - Math.hypot(x - cx, y - cy))) * strength;
        const at = y * this.width + x;
        if (value > this.coverage[at]!) this.coverage[at] = value;
      }
    }
  }
}
