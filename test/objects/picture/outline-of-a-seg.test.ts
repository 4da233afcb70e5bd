import { describe, expect, it } from 'vitest';
import {
  decodePng,
  drawFilled,
  drawOutline,
  encodePng,
  type Picture,
  readSegMask,
  segFrameOf,
  shrink,
} from '../../../src/objects/index.js';
import type { DicomJson } from '../../../src/dicom/index.js';

const LINE = [0, 229, 255];

function plain(width: number, height: number, grey: number): Picture {
  const data = new Uint8Array(width * height * 4).fill(grey);
  for (let at = 3; at < data.length; at += 4) data[at] = 255;
  return { width, height, data };
}

const pixel = ({ width, data }: Picture, x: number, y: number) => [
  ...data.subarray(4 * (y * width + x), 4 * (y * width + x) + 3),
];

function rectangle(columns: number, rows: number, left: number, top: number, right: number, bottom: number) {
  const data = new Uint8Array(rows * columns);
  for (let y = top; y < bottom; y += 1) data.fill(1, y * columns + left, y * columns + right);
  return { rows, columns, data };
}

describe('the outline', () => {
  it.each([0, 128, 255])('is two pixels wide inside the edge, with a dark rim, on grey %i', (grey) => {
    const drawn = drawOutline(plain(20, 16, grey), rectangle(20, 16, 5, 4, 15, 12));
    expect(pixel(drawn, 5, 8)).toEqual(LINE);
    expect(pixel(drawn, 6, 8)).toEqual(LINE);
    expect(pixel(drawn, 7, 8)).toEqual([grey, grey, grey]);
    expect(pixel(drawn, 14, 11)).toEqual(LINE);
    expect(Math.max(...pixel(drawn, 4, 8))).toBeLessThan(40);
    expect(pixel(drawn, 3, 8)).toEqual([grey, grey, grey]);
  });

  it('is thicker in a larger picture, so that it stays as visible', () => {
    const thickness = (size: number) => {
      const drawn = drawOutline(
        plain(size, size, 100),
        rectangle(size, size, size / 4, size / 4, size, size),
      );
      let count = 0;
      while (pixel(drawn, size / 4 + count, size / 2)[1] === 229) count += 1;
      return count;
    };
    expect([64, 640, 960, 1920].map(thickness)).toEqual([2, 2, 3, 6]);
  });

  it('lies where the mask lies when the picture is smaller', () => {
    const drawn = drawOutline(plain(50, 40, 100), rectangle(400, 320, 80, 80, 240, 240));
    const marked = [];
    for (let y = 0; y < 40; y += 1)
      for (let x = 0; x < 50; x += 1) if (pixel(drawn, x, y)[1] === 229) marked.push([x, y]);
    expect(Math.min(...marked.map(([x]) => x!))).toBe(10);
    expect(Math.max(...marked.map(([x]) => x!))).toBe(29);
    expect(Math.min(...marked.map(([, y]) => y!))).toBe(10);
    expect(Math.max(...marked.map(([, y]) => y!))).toBe(29);
  });

  it('shows even one pixel of a large mask', () => {
    const drawn = drawOutline(plain(32, 32, 100), rectangle(1024, 1024, 500, 500, 501, 501));
    expect(pixel(drawn, 15, 15)).toEqual(LINE);
  });

  it('is not drawn along the border of the picture, where the mask does not end', () => {
    const drawn = drawOutline(plain(8, 8, 100), rectangle(8, 8, 0, 0, 8, 8));
    expect(drawn.data).toEqual(plain(8, 8, 100).data);
  });
});

describe('the filled mask', () => {
  it('colours its area and lets the picture show through', () => {
    const drawn = drawFilled(plain(20, 16, 100), rectangle(20, 16, 5, 4, 15, 12));
    expect(pixel(drawn, 4, 8)).toEqual([100, 100, 100]);
    expect(pixel(drawn, 10, 8)).toEqual([60, 152, 162]);
  });
});

describe('a picture', () => {
  it('made smaller has the mean of what each pixel covers', () => {
    const source = plain(4, 2, 0);
    source.data.set([200, 100, 0, 255], 0);
    const small = shrink(source, 2);
    expect([small.width, small.height]).toEqual([2, 1]);
    expect(pixel(small, 0, 0)).toEqual([50, 25, 0]);
    expect(pixel(small, 1, 0)).toEqual([0, 0, 0]);
  });

  it('survives being written and read', async () => {
    const source = drawOutline(plain(9, 7, 77), rectangle(9, 7, 2, 2, 6, 6));
    expect(Uint8Array.from((await decodePng(await encodePng(source))).data)).toEqual(source.data);
  });

  it('that is no PNG is refused', async () => {
    await expect(decodePng(Buffer.from('no picture'))).rejects.toThrow();
  });
});

describe('a mask in a SEG', () => {
  const value = (Value: unknown[]) => ({ Value });
  const groups = (source: string, frame?: number): DicomJson => ({
    '00089124': value([
      {
        '00082112': value([
          { '00081155': value([source]), ...(frame === undefined ? {} : { '00081160': value([frame]) }) },
        ]),
      },
    ]),
  });
  const seg = (bits: number): DicomJson => ({
    '00280010': value([3]),
    '00280011': value([5]),
    '00280100': value([bits]),
    '52009230': value([groups('1.2', 4), groups('1.2', 7), groups('1.3')]),
  });

  it('is found by the frame it was made of', () => {
    expect(segFrameOf(seg(1), '1.2', 7)).toBe(1);
    expect(segFrameOf(seg(1), '1.3', 1)).toBe(2);
    expect(segFrameOf(seg(1), '1.2', 5)).toBeUndefined();
    expect(segFrameOf(seg(1), '1.4', 1)).toBeUndefined();
  });

  it('of bits may begin inside a byte', () => {
    // Three frames of 15 pixels; the second is bits 15 to 29: one at its first and its last pixel.
    const bits = new Uint8Array(6);
    for (const at of [15, 29]) bits[at >> 3]! |= 1 << (at & 7);
    const mask = readSegMask(seg(1), bits, 1);
    expect(mask).toMatchObject({ rows: 3, columns: 5 });
    expect([...mask!.data]).toEqual([1, ...new Array<number>(13).fill(0), 1]);
    expect([...readSegMask(seg(1), bits, 0)!.data]).toEqual(new Array(15).fill(0));
  });

  it('of a label map is whatever has a label', () => {
    const pixels = new Uint8Array(45);
    pixels[15] = 1;
    pixels[17] = 2;
    expect([...readSegMask(seg(8), pixels, 1)!.data].slice(0, 4)).toEqual([1, 0, 1, 0]);
  });

  it('that is cut off is none', () => {
    expect(readSegMask(seg(1), new Uint8Array(5), 2)).toBeUndefined();
    expect(readSegMask(seg(8), new Uint8Array(44), 2)).toBeUndefined();
    expect(readSegMask({}, new Uint8Array(5), 0)).toBeUndefined();
  });
});
