import { createHash } from 'node:crypto';
import type { EncodedFrame, Raster, Uid } from '../core/index.js';
import {
  decodeWithArchiveFallback,
  type DicomwebClient,
  fetchWithArchiveFallback,
  type FramedInstance,
  withFrameGroups,
} from '../archive/index.js';
import type { EngineClient, Picture } from '../model/index.js';
import { timed } from '../telemetry/index.js';
import type { DisplayUnit } from './display-unit.js';
import { openInstance } from './open-instance.js';
import { instancePath } from './unit-identity.js';

/** Where a frame is in a display unit. */
export interface FramePlace {
  /** Of the instance in `sources`, from 0. */
  readonly sourceIndex: number;
  /** Of the frame in its instance, from 1. */
  readonly frameNumber: number;
}

/** Whether the picture of a frame is to be kept, decoded, for somebody who looks at the unit later. */
export type KeepPicture = (place: FramePlace) => boolean;

/** A question to an engine about a picture. May be asked twice: of the frame as stored and as the archive decodes it. */
export type PictureQuestion<T> = (picture: Picture) => Promise<T>;

/**
 * The frames of one display unit, from routing to segmentation and on to a second model. A frame is fetched once and
 * decoded once. In memory are: the frame that `peek` looked at, those that are asked about by now (one that is computed and one
 * ahead; more where an engine takes several together), what of the next frames came along with one of them, encoded (8 MB at most of an
 * instance), and the pictures to keep; never all frames of a unit.
 */
export interface FrameSource {
  /** Asks about a frame that is needed again: it stays here. @throws AppError of the archive or of decoding */
  peek<T>(place: FramePlace, engine: Decoder, question: PictureQuestion<T>): Promise<T>;
  /** Asks about a frame for the last time, unless its picture is to be kept. @throws the same */
  take<T>(place: FramePlace, engine: Decoder, question: PictureQuestion<T>): Promise<T>;
  /** SHA-256 of all frames fetched so far, as the archive gave them, with what rendering uses; undefined before the first one. */
  pixelsSha256(): string | undefined;
  /** Fetches a frame only for `pixelsSha256`. @throws AppError of the archive */
  look(place: FramePlace): Promise<void>;
}

interface OpenedInstance {
  readonly instance: FramedInstance;
  /** Fetches its frames, several at a time where that is faster. */
  readonly reader: DicomwebClient;
}

type Decoder = Pick<EngineClient, 'decode'>;

/** The instance that is computed, that of the next frame, and that of the frame routing looked at. */
const MAX_OPEN_INSTANCES = 3;

/**
 * Opens the frames of a unit; nothing is fetched yet.
 * @param keep whose pictures stay, decoded, for a second model; none without it
 * @param fetchedBytes told of every frame that came; what it throws is thrown where the frame is asked about
 */
export function openFrames(
  study: Uid,
  unit: DisplayUnit,
  dicomweb: DicomwebClient,
  keep: KeepPicture = () => false,
  fetchedBytes: (bytes: number) => void = () => undefined,
): FrameSource {
  const instances = new Map<number, Promise<OpenedInstance>>();
  const fetched = new Map<string, Promise<EncodedFrame>>();
  const kept = new Map<string, Raster>();

  function instanceAt(sourceIndex: number): Promise<OpenedInstance> {
    const open = instances.get(sourceIndex);
    if (open) return open;
    const metadata = unit.sources[sourceIndex]!;
    const path = instancePath(study, metadata);
    const opened = openInstance(dicomweb, path, metadata).then((instance) => ({
      instance,
      reader: withFrameGroups(dicomweb, path, instance.frames),
    }));
    instances.set(sourceIndex, opened);
    for (const oldest of instances.keys()) {
      if (instances.size <= MAX_OPEN_INSTANCES) break;
      instances.delete(oldest);
    }
    return opened;
  }

  const digests = new Map<string, string>();

  const fetchNow = (place: FramePlace) =>
    timed('fetch', async () => {
      const { instance, reader } = await instanceAt(place.sourceIndex);
      const frame = await fetchWithArchiveFallback(reader, instance, place.frameNumber);
      fetchedBytes(frame.bytes.length);
      digests.set(`${instance.path.instance} ${place.frameNumber}`, frameSha256(frame));
      return frame;
    });

  function fetchOnce(place: FramePlace): Promise<EncodedFrame> {
    const key = keyOf(place);
    const known = fetched.get(key);
    if (known) return known;
    const fetching = fetchNow(place);
    fetched.set(key, fetching);
    // One that failed is asked for anew.
    fetching.catch(() => fetched.delete(key));
    return fetching;
  }

  async function decodable<T>(place: FramePlace, ask: (frame: EncodedFrame) => Promise<T>): Promise<T> {
    const frame = await fetchOnce(place);
    const { instance } = await instanceAt(place.sourceIndex);
    return decodeWithArchiveFallback(dicomweb, instance, place.frameNumber, frame, async (candidate) => {
      const answer = await ask(candidate);
      // What the archive had to decode need not be refused a second time.
      fetched.set(keyOf(place), Promise.resolve(candidate));
      return answer;
    });
  }

  async function peek<T>(place: FramePlace, engine: Decoder, question: PictureQuestion<T>): Promise<T> {
    const key = keyOf(place);
    const picture = kept.get(key);
    if (picture) return question(picture);
    if (!keep(place)) return decodable(place, question);
    const decoded = await decodable(place, (frame) => engine.decode(frame));
    kept.set(key, decoded);
    fetched.delete(key);
    return question(decoded);
  }

  return {
    peek,
    take: (place, engine, question) =>
      peek(place, engine, question).finally(() => fetched.delete(keyOf(place))),
    pixelsSha256() {
      if (digests.size === 0) return undefined;
      const lines = [...digests].map(([key, digest]) => `${key} ${digest}`).sort();
      return createHash('sha256').update(lines.join('\n')).digest('hex');
    },
    async look(place) {
      await fetchOnce(place);
      fetched.delete(keyOf(place));
    },
  };
}

const keyOf = ({ sourceIndex, frameNumber }: FramePlace) => `${sourceIndex}:${frameNumber}`;

/** Of a frame's bytes and of all that rendering uses, look-up tables that the header only refers to included. */
function frameSha256({ bytes, transferSyntaxUid, pixels }: EncodedFrame): string {
  const described = JSON.stringify(pixels, (_, value: unknown) =>
    value instanceof Uint16Array
      ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('base64')
      : value,
  );
  return createHash('sha256').update(`${transferSyntaxUid} ${described}`).update(bytes).digest('hex');
}
