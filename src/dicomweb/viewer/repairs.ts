/** A mistake of the pinned viewer version that is put right when its script is sent. */
export interface Repair {
  readonly find: string;
  readonly replace: string;
}

/**
 * OHIF 3.13.2 reads a one-bit SEG whose frames do not end on a byte wrongly in two ways: it gives up when the value
 * was padded to an even length (PS3.5 §7.1.1), and it takes the bits of a byte in the wrong order (PS3.5 §8.1.1: the
 * first pixel is the lowest bit), which frays the mask of every frame but those that begin on a byte. There is no
 * other way to read such a SEG: archives cannot serve frames that begin inside a byte.
 * A test holds the list against the installed files.
 */
export const REPAIRS: readonly Repair[] = [
  { find: 'totalBytes = Math.ceil(totalBits / 8);', replace: 'totalBytes = Math.ceil(totalBits / 16) * 2;' },
  { find: 'sourceByte >> 7 - sourceBitIndex & 1', replace: 'sourceByte >> sourceBitIndex & 1' },
  {
    find: 'frameView[targetByteIndex] |= 1 << 7 - targetBitIndex',
    replace: 'frameView[targetByteIndex] |= 1 << targetBitIndex',
  },
];
