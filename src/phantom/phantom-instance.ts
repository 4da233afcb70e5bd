import type { Mask, Raster, Uid } from '../core/index.js';
import { drawPhantom, type PhantomChannel } from './draw-phantom.js';
import { cutTiles, type Tile } from './cut-tiles.js';
import { commonModules } from './headers/common.js';
import { KIND_MODULES } from './headers/kind-modules.js';
import { pixelModules, type PixelLayout } from './headers/pixel-modules.js';
import { identityOf } from './identity.js';
import { KINDS, type Kind, type PhantomKind } from './kinds.js';
import type { Attributes } from './part10/attributes.js';
import { encodePart10, type EncodedFrames } from './part10/encode-part10.js';
import type { CharacterSet } from './part10/encode-text.js';
import { pixelForm, type PixelForm } from './pixel-forms.js';

/** What to generate; all but `kind` has a default. */
export interface PhantomOptions {
  readonly kind: PhantomKind;
  /** Picture to draw instead of the kind's own. */
  readonly channel?: PhantomChannel;
  readonly width?: number;
  readonly height?: number;
  readonly frames?: number;
  /** How pixels are stored instead of the kind's own way. */
  readonly pixels?: PixelForm;
  /** Size of a pixel of a whole-slide image; default 0.5. */
  readonly micrometres?: number;
  /** Frames compressed by the caller, written in place of the pixels. */
  readonly encoded?: EncodedFrames;
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
  readonly channel: PhantomChannel;
  readonly studyInstanceUid: Uid;
  readonly seriesInstanceUid: Uid;
  readonly sopInstanceUid: Uid;
  readonly sopClassUid: string;
  /** What a viewer shows, frame by frame. */
  readonly rasters: readonly Raster[];
  /** The truth, frame by frame. */
  readonly masks: readonly Mask[];
  /** Part 10 file, Explicit VR Little Endian and uncompressed unless told otherwise. */
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
  const form = options.pixels ?? kind.pixels;
  const { shown = (raster: Raster) => raster, store } = pixelForm(form);
  const drawn = drawFrames(kind, { channel, width, height, frames, seed }).map(({ raster, mask }) => ({
    raster: shown(raster),
    stored: store(raster),
    mask,
  }));
  const layout: PixelLayout = {
    form,
    width: drawn[0]!.raster.width,
    height: drawn[0]!.raster.height,
    frames: drawn.length,
    ...(kind.tile === undefined
      ? {}
      : { matrix: { width, height, micrometres: options.micrometres ?? 0.5 } }),
  };
  const encoded =
    options.encoded ?? (kind.stream ? { transferSyntaxUid: kind.stream, frames: [STREAM] } : undefined);
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
    ...(encoded ? {} : { PixelData: Buffer.concat(drawn.map(({ stored }) => stored)) }),
  };
  return {
    kind: options.kind,
    channel,
    studyInstanceUid: identity.studyInstanceUid,
    seriesInstanceUid: identity.seriesInstanceUid,
    sopInstanceUid: identity.sopInstanceUid,
    sopClassUid: kind.sopClassUid,
    rasters: drawn.map(({ raster }) => raster),
    masks: drawn.map(({ mask }) => mask),
    bytes: encodePart10(attributes, characterSet, encoded),
  };
}

/** The first bytes of an MPEG-4 file and nothing after: there is no video in it. */
const STREAM = Buffer.from('0000001c6674797069736f6d', 'hex');

function drawFrames(
  kind: Kind,
  {
    channel,
    width,
    height,
    frames,
    seed,
  }: Required<Pick<PhantomOptions, 'channel' | 'width' | 'height' | 'frames' | 'seed'>>,
): Tile[] {
  if (kind.tile !== undefined) return cutTiles(drawPhantom({ channel, width, height, seed }), kind.tile);
  return Array.from({ length: frames }, (_, frame) =>
    drawPhantom({ channel, width, height, seed, phase: frame / frames }),
  );
}

/** Several instances of one series: each with its own picture. */
export function phantomSeries(options: PhantomOptions, count: number): readonly PhantomInstance[] {
  const seed = options.seed ?? 1;
  const study = options.study ?? `${options.kind} ${seed}`;
  return Array.from({ length: count }, (_, index) =>
    phantomInstance({ ...options, study, seed: seed + index, instanceNumber: index + 1 }),
  );
}
