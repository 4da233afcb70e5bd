import type { Channel, Mask, ResultQuality } from '../../core/index.js';
import type { DicomJson } from '../../dicom/index.js';
import type { ResultContent } from '../shared/result-content.js';
import type { PackedMask } from './packed-mask.js';

/** A coded concept (PS3.3 §8.8). */
export interface Code {
  readonly value: string;
  readonly scheme: string;
  readonly meaning: string;
}

/** What the SEG says a segment is; from `config/modalities.yaml`. */
export interface SegmentDescription {
  readonly label: string;
  readonly description: string;
  readonly category: Code;
  readonly type: Code;
  /** Written only when the caller decided that it holds. */
  readonly region?: Code | undefined;
  /** sRGB 0–255; written as RecommendedDisplayCIELabValue. */
  readonly color: readonly [number, number, number];
}

/** `viewer` opens in OHIF; `strict` claims no geometry that the source does not have. */
export type SegProfile = 'viewer' | 'strict';

/**
 * How pixels are written: `binary` is what every reader knows, one bit a pixel; `labelmap` (since 2024) holds the
 * segment's number in a byte, so that no frame begins inside a byte.
 */
export type SegForm = 'binary' | 'labelmap';

/** One mask and the frame it was computed from. */
export interface SegFrame {
  /** Position of the source in `SegInput.sources`. */
  readonly sourceIndex: number;
  /** 1-based frame number of a multi-frame source; 1 for a single-frame one. */
  readonly frameNumber: number;
  readonly mask: Mask | PackedMask;
}

/** What made the masks; goes into Segmentation Algorithm Identification and Contributing Equipment. */
export interface SegAlgorithm {
  readonly name: string;
  readonly version: string;
  /** Version of this software (SoftwareVersions). */
  readonly softwareVersion: string;
  /** SHA-256 of the weights, hexadecimal. */
  readonly weightsSha256: string;
  readonly channel: Channel;
  readonly channelIndex: number;
  /** Score 0–1 of the routing decision. */
  readonly score: number;
  /** Probability 0–1 at and above which a pixel is foreground. */
  readonly threshold: number;
  /** Rows and columns of tiles in which each frame went through the network; 1: the whole frame at once. */
  readonly tiles: number;
  /** How often each was seen, mirrored or not; 1: just as it is. */
  readonly views: number;
  /** Changes whenever decoding, resizing or normalising changes the result. */
  readonly preprocessingVersion: string;
  /** What else was done with each frame, in words that change whenever the result would. */
  readonly steps?: readonly string[] | undefined;
  /** How sure the masks are: of the most doubtful one. */
  readonly quality?: ResultQuality | undefined;
}

/** Everything a SEG is made of; the same input gives the same object but for dates and times. */
export interface SegInput {
  /**
   * Metadata of every source instance of the display unit in stack order (DICOM JSON model, without pixel data);
   * all share StudyInstanceUID, Rows and Columns.
   */
  readonly sources: readonly DicomJson[];
  /** SHA-256 of all pictures that were looked at, those without foreground too; hexadecimal. */
  readonly pictures: string;
  /** Frames with foreground, in stack order (by source, then frame number). At least one. */
  readonly frames: readonly SegFrame[];
  readonly segment: SegmentDescription;
  readonly algorithm: SegAlgorithm;
  readonly profile: SegProfile;
  readonly form: SegForm;
  /** Method and ratio when pixels reached us through lossy compression that the headers do not state. */
  readonly lossy?: { readonly method: string; readonly ratio?: number | undefined } | undefined;
  /** Written as content, series and instance dates and times. */
  readonly now: Date;
}

/** A finished SEG. */
export interface SegObject {
  readonly sopInstanceUid: string;
  readonly seriesInstanceUid: string;
  readonly studyInstanceUid: string;
  /** Part 10 file, Explicit VR Little Endian. */
  readonly bytes: Uint8Array;
  /** What the archive must return of it. */
  readonly content: ResultContent;
}
