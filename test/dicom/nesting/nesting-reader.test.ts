import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { openNestingReader } from '../../../src/dicom/index.js';
import { phantomInstance } from '../../../src/phantom/index.js';
import { nestedObject, nestedUids, type NestedForm } from '../../support/nested-object.js';

/** Pushes an object in pieces of a size. */
async function read(object: Uint8Array, maxDepth: number, size = object.length) {
  const studies: string[] = [];
  const reader = openNestingReader({ maxDepth, onStudy: (study) => studies.push(study) });
  for (let at = 0; at < object.length; at += size)
    await reader.push(Buffer.from(object.slice(at, at + size)));
  return { ...reader.facts(), studies };
}

const FORMS: Omit<NestedForm, 'depth'>[] = (
  ['explicit', 'implicit', 'big endian', 'deflated'] as const
).flatMap((syntax) => [
  { syntax, undefinedLength: false },
  { syntax, undefinedLength: true },
]);

describe('how deep the sequences of an object lie', () => {
  it.each([
    ...FORMS,
    { syntax: 'explicit', vr: 'UN', undefinedLength: true },
    { syntax: 'explicit', vr: 'UN' },
  ] as const)('is read in %o', async (form) => {
    const at = (depth: number) => read(nestedObject({ ...form, depth, pixels: 5000 }), 10, 97);
    expect((await at(0)).isTooDeep).toBe(false);
    expect((await at(10)).isTooDeep).toBe(false);
    expect((await at(11)).isTooDeep).toBe(true);
  });

  it('is the same however the object is cut into pieces', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...FORMS),
        fc.integer({ min: 8, max: 12 }),
        fc.integer({ min: 1, max: 400 }),
        async (form, depth, size) => {
          const { isTooDeep } = await read(nestedObject({ ...form, depth }), 10, size);
          expect(isTooDeep).toBe(depth > 10);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('is known with the UIDs of the object, as soon as they have passed', async () => {
    const { sopClass, instance, study } = nestedUids();
    expect(await read(nestedObject({ depth: 12 }), 10, 50)).toEqual({
      isTooDeep: true,
      sopClassUid: sopClass,
      sopInstanceUid: instance,
      studyInstanceUid: study,
      studies: [study],
    });
  });

  it('counts levels, not sequences: a list of a thousand items is flat', async () => {
    const one = nestedObject({ depth: 1, undefinedLength: true });
    const meta = nestedObject({ depth: 0 });
    const sequence = one.subarray(meta.length);
    const many = Buffer.concat([meta, ...Array<Buffer>(1000).fill(sequence)]);
    expect((await read(many, 1)).isTooDeep).toBe(false);
  });

  it('is too deep where items lie in items, so that a body of their tags alone fills no memory', async () => {
    const item = Buffer.from('feff00e0ffffffff', 'hex');
    const object = Buffer.concat([nestedObject({ depth: 0 }), ...Array<Buffer>(100).fill(item)]);
    expect((await read(object, 10)).isTooDeep).toBe(true);
  });

  it('is small in a phantom, whose picture is passed over', { timeout: 60_000 }, async () => {
    const { bytes } = phantomInstance({ kind: 'microscopy', salt: 'nesting' });
    const { isTooDeep, studyInstanceUid } = await read(bytes, 3, 1000);
    expect(isTooDeep).toBe(false);
    expect(studyInstanceUid).toMatch(/^[0-9.]+$/);
  });

  it('of bytes that are no DICOM is read without an error', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 3000 }), fc.boolean(), async (bytes, withStart) => {
        const start = nestedObject({ depth: 0 });
        const object = withStart ? Buffer.concat([start, bytes]) : Buffer.from(bytes);
        await read(object, 10, 100);
      }),
      { numRuns: 200 },
    );
  });
});
