import type { Random } from '../../src/phantom/random.js';

/** Values at which counters and lengths go wrong. */
const EDGES = [0, 1, 0x7f, 0x80, 0xfe, 0xff];

type Damage = (bytes: Uint8Array, random: Random) => Uint8Array;

const at = (bytes: Uint8Array, random: Random) => random.whole(0, Math.max(0, bytes.length - 1));

/** A place where headers are likelier: half of all damage happens in the first 64 bytes. */
const early = (bytes: Uint8Array, random: Random) =>
  random.next() < 0.5 ? random.whole(0, Math.min(63, Math.max(0, bytes.length - 1))) : at(bytes, random);

const join = (...parts: Uint8Array[]) => Uint8Array.from(Buffer.concat(parts));

const KINDS: readonly Damage[] = [
  function flipBit(bytes, random) {
    const out = Uint8Array.from(bytes);
    const place = early(out, random);
    if (out.length > 0) out[place] = out[place]! ^ (1 << random.whole(0, 7));
    return out;
  },
  function edgeValue(bytes, random) {
    const out = Uint8Array.from(bytes);
    if (out.length > 0) out[early(out, random)] = EDGES[random.whole(0, EDGES.length - 1)]!;
    return out;
  },
  function edgeNumber(bytes, random) {
    const out = Uint8Array.from(bytes);
    const place = early(out, random);
    out.fill(EDGES[random.whole(0, EDGES.length - 1)]!, place, place + random.whole(2, 4));
    return out;
  },
  function cut(bytes, random) {
    return bytes.slice(0, at(bytes, random));
  },
  function cutStart(bytes, random) {
    return bytes.slice(early(bytes, random));
  },
  function remove(bytes, random) {
    const place = early(bytes, random);
    return join(bytes.subarray(0, place), bytes.subarray(place + random.whole(1, 16)));
  },
  function insertNoise(bytes, random) {
    const place = early(bytes, random);
    const noise = Uint8Array.from({ length: random.whole(1, 32) }, () => random.whole(0, 255));
    return join(bytes.subarray(0, place), noise, bytes.subarray(place));
  },
  function repeatBlock(bytes, random) {
    const place = at(bytes, random);
    const block = bytes.subarray(place, place + random.whole(1, 64));
    return join(bytes.subarray(0, place), block, bytes.subarray(place));
  },
  function moveBlock(bytes, random) {
    const out = Uint8Array.from(bytes);
    out.copyWithin(at(out, random), at(out, random), at(out, random) + random.whole(1, 64));
    return out;
  },
  function noTail(bytes, random) {
    const out = Uint8Array.from(bytes);
    out.fill(0, at(out, random));
    return out;
  },
];

/** A copy with one to four damages, as a bad disk, a broken sender or an attacker makes them. */
export function damaged(bytes: Uint8Array, random: Random): Uint8Array {
  let out = bytes;
  for (let times = random.whole(1, 4); times > 0; times -= 1) {
    out = KINDS[random.whole(0, KINDS.length - 1)]!(out, random);
  }
  return out;
}
