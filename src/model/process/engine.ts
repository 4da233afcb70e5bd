import { Tensor } from 'onnxruntime-node';
import { AppError, type Channel, type EncodedFrame, type Raster } from '../../core/index.js';
import type { BatchLimit } from '../network/batches.js';
import { withCpuFallback } from '../network/cpu-fallback.js';
import { decodeFrame } from '../decode/decode-frame.js';
import { requireExactProducts } from '../network/int8-products.js';
import { type LoadedManifest, loadManifest } from '../network/manifest.js';
import type { Manifest, ManifestChannel, ModelInput } from '../network/manifest-schema.js';
import { pictureSha256 } from '../raster/picture-sha256.js';
import { PREPROCESSING_VERSION, preprocess } from '../network/preprocess.js';
import type {
  DetectResult,
  EngineOptions,
  EngineState,
  EngineTiming,
  LoadedModel,
  Precision,
  SegmentResult,
} from './protocol.js';
import { toRaster } from '../raster/to-raster.js';
import { segmenterContract, segmentPictures } from '../network/segment-picture.js';
import { openSession, type OpenSession, type Session, type SessionContract } from '../network/session.js';

/** A loaded model: frames in, masks and probabilities out. */
export interface Engine {
  readonly model: LoadedModel;
  /** How it runs by now. */
  state(): EngineState;
  /** The picture of a frame, as a viewer shows it. */
  decode(frame: EncodedFrame): Promise<Raster>;
  /** Probabilities of the detector's classes; undefined when the model has no detector. */
  detect(frame: EncodedFrame): Promise<DetectResult>;
  segment(frame: EncodedFrame, channel: Channel): Promise<SegmentResult>;
  /** The same for a picture that was decoded elsewhere. */
  detectRaster(raster: Raster): Promise<DetectResult>;
  segmentRaster(raster: Raster, channel: Channel): Promise<SegmentResult>;
  /** Several pictures, whose tiles and views go through the network together. @returns their results, in their order */
  segmentRasters(rasters: readonly Raster[], channel: Channel): Promise<readonly SegmentResult[]>;
  close(): Promise<void>;
}

const DETECTOR_CONTRACT = { inputs: ['image'], outputs: ['probabilities'] };

/**
 * Loads the model a manifest names, in this process. Inference blocks the process: servers use the engine process
 * (`engine-main.ts`), scripts and benchmarks this.
 * @param note called with the seconds of each part of the work
 * @param open loads a network; checks use one that fails when they want it to
 * @throws AppError `MODEL_INVALID`
 */
export async function createEngine(
  options: EngineOptions,
  note: (part: keyof EngineTiming, seconds: number) => void = () => undefined,
  open: OpenSession = openSession,
): Promise<Engine> {
  const loaded = await loadManifest(options.manifestPath);
  const { manifest } = loaded;
  const openOne = (path: string, contract: SessionContract) =>
    openWithFallback(open, path, options, contract);
  const precision = options.precision ?? 'float32';
  const segmenter = await openOne(graphOf(loaded, precision), segmenterContract(manifest));
  const detector =
    loaded.detectorPath === undefined ? undefined : await openOne(loaded.detectorPath, DETECTOR_CONTRACT);
  const limit: BatchLimit = { items: options.batchSize ?? 1 };

  const measured = async <T>(part: keyof EngineTiming, work: () => Promise<T>): Promise<T> => {
    const started = performance.now();
    return work().finally(() => note(part, (performance.now() - started) / 1000));
  };
  const decoded = (frame: EncodedFrame) => measured('decode', () => rasterOf(frame));
  const detectRaster = (raster: Raster) => measured('infer', () => runDetector(manifest, detector, raster));
  const segmentRasters = async (rasters: readonly Raster[], channel: Channel): Promise<SegmentResult[]> => {
    const rules = channelOf(manifest, channel);
    const found = await measured('infer', () => segmentPictures(segmenter, manifest, rules, rasters, limit));
    return found.map((result, i) => {
      const { notes } = rasters[i]!;
      const seen = { ...result, pictureSha256: pictureSha256(rasters[i]!) };
      return notes === undefined ? seen : { ...seen, notes };
    });
  };
  const segmentRaster = async (raster: Raster, channel: Channel): Promise<SegmentResult> =>
    (await segmentRasters([raster], channel))[0]!;
  return {
    model: describeModel(manifest, segmenter, precision),
    state: () => ({
      provider: detector?.provider === 'cpu' ? 'cpu' : segmenter.provider,
      batchSize: limit.items,
    }),
    decode: decoded,
    detectRaster,
    segmentRaster,
    segmentRasters,
    detect: async (frame) => (detector === undefined ? undefined : detectRaster(await decoded(frame))),
    segment: async (frame, channel) => segmentRaster(await decoded(frame), channel),
    close: async () => {
      await segmenter.close();
      await detector?.close();
    },
  };
}

async function rasterOf(frame: EncodedFrame): Promise<Raster> {
  const raster = toRaster(await decodeFrame(frame));
  const { region } = frame.pixels;
  return region === undefined ? raster : { ...raster, region };
}

async function openWithFallback(
  open: OpenSession,
  path: string,
  { provider, threads, cpuFallback = false }: EngineOptions,
  contract: SessionContract,
): Promise<Session> {
  const session = await open(path, { provider, threads }, contract);
  if (provider === 'cpu' || !cpuFallback) return session;
  return withCpuFallback(session, () => open(path, { provider: 'cpu', threads }, contract));
}

/** The file of the network. @throws AppError `MODEL_INVALID` when the model, or this processor, has none for this precision */
function graphOf({ manifest, modelPath, int8Path }: LoadedManifest, precision: Precision): string {
  if (precision === 'float32') return modelPath;
  requireExactProducts();
  if (int8Path !== undefined) return int8Path;
  throw new AppError(
    'MODEL_INVALID',
    `Model ${manifest.version} has no graph that multiplies in 8 bits. Set engine.precision to float32.`,
  );
}

function describeModel(manifest: Manifest, session: Session, precision: Precision): LoadedModel {
  return {
    name: manifest.name,
    version: manifest.version,
    sha256: manifest.sha256,
    preprocessingVersion: PREPROCESSING_VERSION,
    channels: manifest.channels.map((channel) => {
      const steps = [...stepsOf(channel, manifest.input), ...stepOf(precision, manifest)];
      return steps.length === 0 ? channel : { ...channel, steps };
    }),
    provider: session.provider,
    precision,
    detector: manifest.detector && {
      threshold: manifest.detector.threshold,
      thresholdAlone: manifest.detector.thresholdAlone ?? manifest.detector.threshold,
      sha256: manifest.detector.sha256,
    },
  };
}

/** Masks of 8-bit products are others, so they are named as those of another model would be. */
const stepOf = (precision: Precision, { int8 }: Manifest): string[] =>
  precision === 'int8' && int8 ? [`int8 products (graph ${int8.sha256.slice(0, 16)})`] : [];

/** What is done with a picture besides the network, in words that change whenever the result would. */
function stepsOf({ size, crop, presence, clean }: ManifestChannel, input: Manifest['input']): string[] {
  const numbers = (rule: object) =>
    Object.entries(rule)
      .map(([name, value]) => `${name} ${String(value)}`)
      .join(', ');
  return [
    ...(size === undefined ? [] : [`size ${size}`]),
    ...(crop === true && input.crop ? [`crop (${numbers(input.crop)})`] : []),
    ...(presence ? [`presence (${numbers(presence)})`] : []),
    ...(clean ? [`clean (${numbers(clean)})`] : []),
  ];
}

function channelOf(manifest: Manifest, name: Channel): ManifestChannel {
  const channel = manifest.channels.find((candidate) => candidate.name === name);
  if (channel === undefined) throw new AppError('MODEL_INVALID', `This model has no ${name} channel`);
  return channel;
}

async function runDetector(
  manifest: Manifest,
  session: Session | undefined,
  raster: Raster,
): Promise<DetectResult> {
  const detector = manifest.detector;
  if (detector === undefined || session === undefined) return undefined;
  const image = asTensor(preprocess(raster, detector.input), detector.input);
  const [output] = await session.run({ image }, ['probabilities']);
  const { values } = output!;
  if (values.length !== detector.classes.length) {
    throw new AppError('MODEL_INVALID', 'Output probabilities does not have one number for each class');
  }
  const pairs = detector.classes.map((name, i) => [name, values[i]!] as const);
  return Object.fromEntries(pairs);
}

function asTensor(image: Float32Array, { size }: ModelInput): Tensor {
  return new Tensor('float32', image, [1, 3, size, size]);
}
