import type { Channel, EncodedFrame, Raster } from '../../core/index.js';
import type { Segmentation } from '../network/postprocess.js';

/** Where ONNX Runtime runs a network: on the CPU, or on an NVIDIA GPU in one of two ways. */
export type Provider = 'cpu' | 'cuda' | 'tensorrt';

/** Of the network's matrix products: 32-bit numbers, or whole numbers of 8 bits, which some CPUs multiply faster. */
export type Precision = 'float32' | 'int8';

/**
 * What crosses between the worker and the engine (its child process). Pixels, geometry and a manifest path go in;
 * masks and probabilities come out. Never a patient attribute, a UID or a credential.
 */
export interface EngineOptions {
  readonly manifestPath: string;
  /** Threads of ONNX Runtime inside one run. */
  readonly threads: number;
  readonly provider: Provider;
  /** `float32` when left out. */
  readonly precision?: Precision;
  /** Tiles and views, of one picture or several, that go through the network together; 1 when left out. */
  readonly batchSize?: number;
  /** Whether the CPU takes over when a GPU's memory does not suffice for a single pass; otherwise the picture fails. */
  readonly cpuFallback?: boolean;
}

/** How an engine runs by now: slower than it was asked to once memory did not suffice. */
export interface EngineState {
  /** `cpu` as soon as one of its networks runs there. */
  readonly provider: Provider;
  /** Tiles and views that go through the network together. */
  readonly batchSize: number;
}

/** What an engine is asked about: a frame as the archive stores it, or its picture where that is decoded already. */
export type Picture = EncodedFrame | Raster;

/** Stands for the picture of the last `detect`, which the engine holds until it is segmented or followed by another. */
export const HELD_PICTURE = 'held';

export type EngineRequest =
  | { readonly id: number; readonly type: 'load'; readonly options: EngineOptions }
  /** Answered at once: the engine lives. */
  | { readonly id: number; readonly type: 'ping' }
  | { readonly id: number; readonly type: 'decode'; readonly frame: EncodedFrame }
  | { readonly id: number; readonly type: 'detect'; readonly frame: Picture }
  | {
      readonly id: number;
      readonly type: 'segment';
      readonly frame: Picture | typeof HELD_PICTURE;
      readonly channel: Channel;
    }
  /** Several pictures of a channel; each is answered by itself. */
  | {
      readonly id: number;
      readonly type: 'segment-together';
      readonly frames: readonly (Picture | typeof HELD_PICTURE)[];
      readonly channel: Channel;
    };

/** The loaded model, as told by the engine after checking its hash. */
export interface LoadedModel {
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly preprocessingVersion: string;
  readonly channels: readonly {
    readonly name: Channel;
    readonly index: number;
    readonly threshold: number;
    /** Rows and columns of tiles in which a picture goes through the network. */
    readonly tiles: number;
    /** How often it is seen, mirrored or not; the answers are averaged. */
    readonly views: number;
    /** What else is done with a picture, in words that change whenever the result would. */
    readonly steps?: readonly string[];
  }[];
  /** The execution provider really in use. */
  readonly provider: Provider;
  readonly precision: Precision;
  /** Absent when the manifest names no modality detector. */
  readonly detector: (DetectorThresholds & { readonly sha256: string }) | undefined;
}

/** Probabilities, 0–1, from which the modality detector is believed. */
export interface DetectorThresholds {
  /** Beside a header that speaks for a channel. */
  readonly threshold: number;
  /** Where the header names no channel; at least `threshold`. */
  readonly thresholdAlone: number;
}

/**
 * Answer to `detect`: a probability 0–1 for each channel that the detector knows and for `none`, a picture of another kind;
 * they sum to 1. Undefined without a detector.
 */
export type DetectResult = Readonly<Record<Channel, number>> | undefined;

/** Answer to `segment`: the mask in source geometry (rows × columns bytes of 0 or 1), and what is known of it. */
export type SegmentResult = Segmentation &
  Pick<Raster, 'notes'> & {
    /** SHA-256, hexadecimal, of the picture that the mask was computed from: decoded pixels, rendered. */
    readonly pictureSha256: string;
  };

/** Seconds that a request spent on bringing its frame to a picture, and on the model. */
export interface EngineTiming {
  readonly decode: number;
  readonly infer: number;
}

/** What went wrong, of an AppError. */
export interface EngineFailure {
  readonly ok: false;
  readonly code: string;
  readonly message: string;
}

/** Answer to one picture of `segment-together`. */
export type TogetherAnswer =
  { readonly ok: true; readonly result: SegmentResult; readonly timing: EngineTiming } | EngineFailure;

/** What a request gives. */
export type EngineResult =
  LoadedModel | Raster | DetectResult | SegmentResult | readonly TogetherAnswer[] | undefined;

export type EngineResponse =
  | {
      readonly id: number;
      readonly ok: true;
      readonly result: EngineResult;
      /** Of everything but `load` and `segment-together`, which tells it of each picture. */
      readonly timing?: EngineTiming;
      /** After everything that ran a network. */
      readonly state?: EngineState;
    }
  | ({ readonly id: number } & EngineFailure);
