import type { ModalitiesConfig } from '../routing/index.js';
import type { Settings } from '../config/index.js';
import type { Channel, RouteDecision, Uid, UnitResult } from '../core/index.js';
import type { Archive } from '../archive/index.js';
import type { SegFrame } from '../objects/index.js';
import type { EngineClient, LoadedModel } from '../model/index.js';
import type { Budget } from './budget.js';
import type { DisplayUnit } from './display-unit.js';
import type { FrameSource, KeepPicture } from './frame-source.js';
import type { FilesRead } from './sources-there.js';

/** What every stage of a study may use; opened once by the command line. */
export interface StudyContext {
  readonly settings: Pick<Settings, 'archive' | 'seg' | 'wsi' | 'budget'>;
  readonly modalities: ModalitiesConfig;
  /** Version of this software. */
  readonly softwareVersion: string;
  readonly archive: Archive;
  readonly engine: EngineClient;
  /** No further try follows: what fails now is the result. */
  readonly lastAttempt: boolean;
  readonly follower?: UnitFollower;
  /** Whether somebody wants the run to stop; asked before every frame. */
  readonly isCancelled?: () => Promise<boolean>;
  /** Adds a line to the study's timeline. */
  readonly note: (event: string, detail?: Readonly<Record<string, unknown>>) => Promise<void>;
}

/** What a slot keeps for all its studies. */
export type SlotContext = Omit<StudyContext, 'note' | 'lastAttempt' | 'isCancelled'>;

/** Somebody who looks at the units of a study after the run: a second model. */
export interface UnitFollower {
  /** Which pictures of a unit are to be kept for `ended`; asked before the unit is looked at. */
  keeps(unit: DisplayUnit): KeepPicture;
  /**
   * A unit has its result.
   * @param masks of the frames that show something
   * @param frames of the unit, with the pictures kept
   */
  ended(unit: DisplayUnit, result: UnitResult, masks: readonly SegFrame[], frames: FrameSource): void;
}

/** Everything one unit needs once its channel is known. */
export interface UnitTask {
  readonly study: Uid;
  readonly unit: DisplayUnit;
  /** What held the study's images before they were read. */
  readonly filesRead: FilesRead;
  readonly frames: FrameSource;
  readonly budget: Budget;
  readonly context: StudyContext;
  readonly model: LoadedModel;
  readonly decision: RouteDecision & { readonly channel: Channel };
  /** What an earlier run gave for the same images. */
  readonly earlier?: UnitResult | undefined;
  /** To be called, maybe more than once, when the last frame stands in the engine's line. */
  readonly lastFrameBegun?: () => void;
  /** Waits until the unit's result may be stored. @throws AppError `CANCELLED`, or what ended the study */
  readonly mayStore?: () => Promise<void>;
}
