import type { Channel, Mask, Raster, Uid } from '../core/index.js';
import { drawPhantom } from './draw-phantom.js';
import { commonModules } from './headers/common.js';
import { KIND_MODULES } from './headers/kind-modules.js';
import { pixelModules } from './headers/pixel-modules.js';
import { identityOf } from './identity.js';
import { KINDS, type Kind, type PhantomKind } from './kinds.js';
import type { Attributes } from './part10/attributes.js';
import { encodePart10 } from './part10/encode-part10.js';
import type { CharacterSet } from './part10/encode-text.js';
import { storePixels } from './store-pixels.js';

/** What to generate; all but `kind` has a default. */
export interface PhantomOptions {
  readonly kind: PhantomKind;
  /** Picture to draw instead of the kind's own. */
  readonly channel?: Channel;
  readonly width?: number;
  readonly height?: number;
  readonly frames?: number;
  /** Seed of the picture; default 1. */
  readonly seed?: number;
  /** Sets the UIDs of one run apart from another's. */
  readonly salt?: string;
  /** Name of the study: instances that share it (and the salt) share a study. Default: kind and seed. */
  readonly study?: string;
  readonly seriesNumber?: number;
  readonly instanceNumber?: number;
  readonly characterSet?: CharacterSet;
  readonly patientName?: string;
  readonly patientId?: string;
  /** Attributes to add or replace, for tests of odd headers. */
  readonly attributes?: Attributes;
}

/** One synthetic instance. */
export interface PhantomInstance {
  readonly kind: PhantomKind;
  readonly channel: Channel;
  readonly studyInstanceUid: Uid;
  readonly seriesInstanceUid: Uid;
  readonly sopInstanceUid: Uid;
  readonly sopClassUid: string;
  /** What was drawn, frame by frame. */
  readonly rasters: readonly Raster[];
  /** The truth, frame by frame. */
  readonly masks: readonly Mask[];
  /** Part 10 file, Explicit VR Little Endian, uncompressed. */
  readonly bytes: Uint8Array;
}

/** Draws and writes one instance. The same options give the same bytes. */
export function phantomInstance(options: PhantomOptions): PhantomInstance {
  const kind: Kind = KINDS[options.kind];
  const seed = options.seed ?? 1;
  const channel = options.channel ?? kind.channel;
  const { width = kind.width, height = kind.height, frames = kind.frames } = options;
  const instanceNumber = options.instanceNumber ?? 1;
  const seriesNumber = options.seriesNumber ?? 1;
  const identity = identityOf({
    salt: options.salt ?? '',
    study: options.study ?? `${options.kind} ${seed}`,
    seriesNumber,
    instanceNumber,
  });
  const drawn = Array.from({ length: frames }, (_, frame) =>
    drawPhantom({ channel, width, height, seed, phase: frame / frames }),
  );
  const rasters = drawn.map(({ raster }) => raster);
  const layout = { form: kind.pixels, width, height, frames, bytes: storePixels(rasters, kind.pixels) };
  const characterSet = options.characterSet ?? 'ISO_IR 192';
  const attributes: Attributes = {
    ...commonModules(kind, identity, {
      characterSet,
      patientName:
        options.patientName ?? `Phantom^${options.kind.charAt(0).toUpperCase()}${options.kind.slice(1)}`,
      patientId: options.patientId ?? `PHANTOM-${options.kind.toUpperCase()}`,
      seriesNumber,
      instanceNumber,
    }),
    ...pixelModules(layout),
    ...KIND_MODULES[options.kind](layout, identity),
    ...options.attributes,
  };
  return {
    kind: options.kind,
    channel,
    studyInstanceUid: identity.studyInstanceUid,
    seriesInstanceUid: identity.seriesInstanceUid,
    sopInstanceUid: identity.sopInstanceUid,
    sopClassUid: kind.sopClassUid,
    rasters,
    masks: drawn.map(({ mask }) => mask),
    bytes: encodePart10(attributes, characterSet),
  };
}

/** Several instances of one series: each with its own picture. */
export function phantomSeries(options: PhantomOptions, count: number): readonly PhantomInstance[] {
  const seed = options.seed ?? 1;
  const study = options.study ?? `${options.kind} ${seed}`;
  return Array.from({ length: count }, (_, index) =>
    phantomInstance({ ...options, study, seed: seed + index, instanceNumber: index + 1 }),
  );
}
