import { PNG } from 'pngjs';

/** A picture, 8 bits a sample, RGBA, row by row. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** Reads a PNG of any kind. @throws what pngjs throws for a damaged one */
export function decodePng(bytes: Uint8Array): Promise<Picture> {
  return new Promise((resolve, reject) => {
    new PNG().parse(Buffer.from(bytes), (error, png) => (error ? reject(error) : resolve(png)));
  });
}

/** Writes a PNG without the alpha channel; compressed off the main thread, and rather fast than small. */
export function encodePng({ width, height, data }: Picture): Promise<Buffer> {
  const png = new PNG({ width, height, colorType: 2, inputColorType: 6, filterType: 4, deflateLevel: 3 });
  png.data = Buffer.from(data);
  const chunks: Buffer[] = [];
  return new Promise((resolve, reject) => {
    png
      .pack()
      .on('data', (chunk: Buffer) => chunks.push(chunk))
      .on('end', () => resolve(Buffer.concat(chunks)))
      .on('error', reject);
  });
}

/** The height that keeps the proportions at a width. */
export function heightAt(width: number, source: { width: number; height: number }): number {
  return Math.max(1, Math.round((width * source.height) / source.width));
}

/**
 * A smaller picture: each pixel is the mean of what it covers.
 * @param width of the result, at most the source's
 */
export function shrink(source: Picture, width: number): Picture {
  if (width === source.width) return source;
  const height = heightAt(width, source);
  const columns = spans(width, source.width);
  const rows = spans(height, source.height);
  const data = new Uint8Array(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const count = (rows.to[y]! - rows.from[y]!) * (columns.to[x]! - columns.from[x]!);
      for (let sample = 0; sample < 4; sample += 1) {
        let sum = 0;
        for (let row = rows.from[y]!; row < rows.to[y]!; row += 1) {
          for (let column = columns.from[x]!; column < columns.to[x]!; column += 1) {
            sum += source.data[4 * (row * source.width + column) + sample]!;
          }
        }
        data[4 * (y * width + x) + sample] = Math.round(sum / count);
      }
    }
  }
  return { width, height, data };
}

/** Source positions [from, to) that each of `count` positions covers; at least one. */
export function spans(count: number, source: number): { from: Uint32Array; to: Uint32Array } {
  const from = Uint32Array.from({ length: count }, (_, at) => Math.floor((at * source) / count));
  const to = from.map((start, at) => Math.max(start + 1, Math.floor(((at + 1) * source) / count)));
  return { from, to };
}
