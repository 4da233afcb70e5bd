import type { ModalitiesConfig } from '../routing/index.js';
import type { Settings } from '../config/index.js';
import type { UnitResult } from '../core/index.js';
import type { Archive } from '../archive/index.js';
import type { SegFrame } from '../objects/index.js';
import type { EngineClient } from '../model/index.js';
import type { DisplayUnit } from './display-unit.js';

/** What every stage of a study may use; opened once by the command line. */
export interface StudyContext {
  readonly settings: Pick<Settings, 'archive' | 'seg' | 'wsi'>;
  readonly modalities: ModalitiesConfig;
  /** Version of this software. */
  readonly softwareVersion: string;
  readonly archive: Archive;
  readonly engine: EngineClient;
  /** No further try follows: what fails now is the result. */
  readonly lastAttempt: boolean;
  /** Hears of each unit that has its result, with the frames that show something. */
  readonly onUnit?: (unit: DisplayUnit, result: UnitResult, frames: readonly SegFrame[]) => void;
  /** Adds a line to the study's timeline. */
  readonly note: (event: string, detail?: Readonly<Record<string, unknown>>) => Promise<void>;
}

/** What a slot keeps for all its studies. */
export type SlotContext = Omit<StudyContext, 'note' | 'lastAttempt'>;
