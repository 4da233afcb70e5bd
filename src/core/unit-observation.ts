import type { Channel } from './channel.js';
import type { ResultQuality, UnitResult } from './outcome.js';

/** Who made a picture, as its header says. Names a device and no person; each at most 64 characters, '' where the header is silent. */
export interface Device {
  /** ManufacturerModelName. */
  readonly model: string;
  /** StationName. */
  readonly station: string;
}

/** What one display unit tells of the device that made it: nothing of the study and nothing of the patient. */
export interface UnitObservation {
  readonly device: Device;
  readonly outcome: UnitResult['outcome'];
  readonly channel?: Channel | undefined;
  /** Whether the modality classifier takes the picture for none that it knows; absent where it was not asked. */
  readonly outOfDistribution?: boolean | undefined;
  readonly quality?: ResultQuality | undefined;
  /** Share 0–1 of the picture that is foreground: the mean over the frames that show some; absent without any. */
  readonly area?: number | undefined;
  /** SHA-256 of the frames: the same picture is counted once, however often it is run. */
  readonly pixelsSha256?: string | undefined;
}
