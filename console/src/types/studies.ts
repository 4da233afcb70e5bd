/** Studies, quarantine and backfills. */
import type { Failure, Page, Priority } from './common.js';

/** A page of studies: `unreadable` ones count among its items, but nothing is known of them. */
export interface StudyPage<T> extends Page<T> {
  readonly unreadable: readonly string[];
}

export interface StudySummary {
  readonly studyInstanceUid: string;
  readonly state: string;
  readonly outcome?: string | null;
  readonly channels: readonly string[];
  readonly score?: number | null;
  readonly predictedDice?: number | null;
  readonly needsReview?: boolean;
  readonly units: number;
  readonly frames: number;
  readonly seconds?: number | null;
  readonly updatedAt: string;
  readonly arrivedAt?: string | null;
  readonly firstSeen: string;
  readonly attempts: number;
  readonly error?: Failure | null;
  readonly quarantined: boolean;
}

export interface Unit {
  readonly outcome: string;
  readonly channel?: string | null;
  readonly score?: number | null;
  readonly reasons: readonly string[];
  readonly sourceSeriesUid: string;
  readonly sourceInstanceUids: readonly string[];
  readonly segSeriesUid?: string | null;
  readonly segInstanceUid?: string | null;
  readonly srInstanceUid?: string | null;
  readonly frames?: { readonly positive: number; readonly total: number } | null;
  /** Of its most doubtful frame. */
  readonly quality?: { readonly predicted: number; readonly lower: number; readonly review: boolean } | null;
}

export interface StudyEvent {
  readonly at: string;
  readonly event: string;
  readonly detail?: Readonly<Record<string, unknown>> | null;
}

export interface StudyDetail {
  readonly studyInstanceUid: string;
  readonly state: string;
  readonly outcome?: string | null;
  readonly error?: Failure | null;
  readonly units: readonly Unit[];
  readonly instances?: number | null;
  readonly tag?: string | null;
  readonly attempts: number;
  readonly firstSeen: string;
  readonly arrivedAt?: string | null;
  readonly updatedAt: string;
  readonly seconds?: number | null;
  readonly correlationId?: string | null;
  readonly quarantined: boolean;
  /** Who took it off the quarantine list; a later run takes the mark away. */
  readonly discarded?: { readonly at: string; readonly actor: string } | null;
  readonly events: readonly StudyEvent[];
  readonly job?: {
    readonly state: string;
    readonly attemptsMade: number;
    readonly priority?: string | number | null;
  } | null;
  readonly links: { readonly viewer: string; readonly preview: readonly string[] };
}

export interface QuarantinedStudy {
  readonly studyInstanceUid: string;
  readonly error?: Failure | null;
  readonly tries: number;
  readonly failedAt: string;
}

export interface Backfill {
  readonly id: string;
  /** `done`: all are in the queue. */
  readonly state: 'running' | 'done' | 'cancelled';
  readonly total: number;
  readonly done: number;
  readonly perMinute: number;
  readonly priority: Priority;
  readonly actor: string;
  readonly createdAt: string;
  readonly endedAt?: string | null;
}

/** What a backfill takes: studies seen before, or those of the archive by study date. */
export type BackfillQuery =
  | { readonly outcome?: string; readonly channel?: string; readonly from?: string; readonly to?: string }
  | { readonly archive: { readonly from: string; readonly to: string } };
