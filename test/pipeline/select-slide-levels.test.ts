import { describe, expect, it } from 'vitest';
import { type DicomJson, stringOf, TAG } from '../../src/dicom/index.js';
import { phantomSlide } from '../../src/phantom/phantom-slide.js';
import { isSlideLevel, selectSlideLevels } from '../../src/pipeline/slides/select-slide-levels.js';
import { checkSlideLevel, clipToMatrix } from '../../src/pipeline/slides/slide-tiles.js';
import { tileOf } from '../../src/objects/index.js';
import { dicomJsonByDcmtk } from '../phantom/read-back.js';

/** 0.25, 0.5 and 1 µm: 24, 6 and 2 tiles; then the label. */
const slide = phantomSlide({ width: 700, height: 400, micrometres: 0.25 }).map(({ bytes }) =>
  dicomJsonByDcmtk(bytes),
);
const levels = slide.filter(isSlideLevel);
const uidOf = (instance: DicomJson | undefined) => instance && stringOf(instance, TAG.SOPInstanceUID);

describe('the level of a slide', () => {
  it.each([
    [0.25, 0],
    [0.5, 1],
    [1, 2],
    [2, 2],
  ])('for a target of %d µm is the one with pixels of that size', (targetMicrometres, index) => {
    const units = selectSlideLevels(levels, { targetMicrometres, maxTiles: 100 });
    expect(units.map(({ sources }) => sources.map(uidOf))).toEqual([[uidOf(slide[index])]]);
  });

  it('is a coarser one when the nearest has too many tiles', () => {
    const [unit] = selectSlideLevels(levels, { targetMicrometres: 0.25, maxTiles: 20 });
    expect(uidOf(unit!.sources[0])).toBe(uidOf(slide[1]));
    expect(unit!.note).toBe('the level of 0.500 µm a pixel was chosen among 3');
  });

  it('is none when all near the target have too many tiles, or none is near', () => {
    const refusal = (targetMicrometres: number, maxTiles: number) =>
      selectSlideLevels(levels, { targetMicrometres, maxTiles })[0]!.refusal;
    expect(refusal(0.25, 5)).toBe('the slide has more than 5 tiles near 0.25 µm a pixel');
    expect(refusal(8, 100)).toBe('no level of the slide is near 8 µm a pixel');
  });

  it('is never the picture of the label', () => {
    expect(levels).toHaveLength(3);
  });

  it('of several focal planes is refused', () => {
    const stack = { ...slide[0]!, '00480303': { vr: 'UL', Value: [3] } };
    expect(() => checkSlideLevel(stack)).toThrow('Slides of several focal planes or optical paths');
    expect(() => checkSlideLevel(slide[0]!)).not.toThrow();
  });
});

describe('a tile', () => {
  it('lies row by row in the matrix and, by the orientation, on the slide', () => {
    // Rows of the picture run along -y from (20, 40) mm, columns along -x.
    expect(tileOf(slide[1]!, 1)).toEqual({ column: 1, row: 1, offset: { x: 20, y: 40, z: 0 } });
    const { column, row, offset } = tileOf(slide[1]!, 5);
    expect([column, row]).toEqual([129, 129]);
    expect(offset.x).toBeCloseTo(20 - 0.064, 9);
    expect(offset.y).toBeCloseTo(40 - 0.064, 9);
  });

  it('that the header gives no room for is refused', () => {
    expect(() => tileOf(slide[1]!, 7)).toThrow('more tiles than the matrix holds');
  });

  it('at the edge loses what lies beyond the picture', () => {
    const full = { rows: 128, columns: 128, data: new Uint8Array(128 * 128).fill(1) };
    expect(clipToMatrix(full, slide[1]!, 1)).toBe(full);
    // The matrix is 350 × 200: the third tile of the second row has 94 columns and 72 rows inside.
    const { data } = clipToMatrix(full, slide[1]!, 6);
    expect(data.reduce((sum, value) => sum + value, 0)).toBe(94 * 72);
    expect(data[93]).toBe(1);
    expect(data[94]).toBe(0);
  });
});
