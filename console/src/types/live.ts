/** Statistics, usage, queue and workers. */
import type { Priority } from './common.js';

export interface Stats {
  readonly latency: { readonly p50?: number | null; readonly p95?: number | null; readonly n: number };
  readonly outcomes: readonly {
    readonly channel: string | null;
    readonly outcome: string;
    readonly n: number;
  }[];
  readonly arrivals: readonly { readonly at: string; readonly n: number }[];
  readonly series: readonly {
    readonly at: string;
    readonly p50?: number | null;
    readonly p95?: number | null;
    readonly n: number;
  }[];
}

export interface UsageDay {
  readonly day: string;
  readonly studies: number;
  readonly segmented: number;
  readonly empty: number;
  readonly unsupported: number;
  readonly failed: number;
  readonly frames: number;
  readonly seconds: number;
}

export interface QueueState {
  readonly counts: Readonly<Record<string, number>>;
  readonly paused: boolean;
  readonly priorities?: Readonly<Record<Priority, number>>;
  readonly offpeak?: { readonly from: string; readonly to: string; readonly open: boolean };
}

export interface Worker {
  readonly id: string;
  readonly host: string;
  readonly pid: number;
  readonly version: string;
  readonly startedAt: string;
  readonly seenAt: string;
  readonly alive: boolean;
  readonly provider: string;
  readonly model: { readonly version: string; readonly sha256: string };
  readonly slots: number;
  readonly current: readonly {
    readonly studyInstanceUid: string;
    readonly correlationId: string;
    readonly since: string;
  }[];
  readonly done1h: number;
  readonly framesPerMinute: number;
  readonly memoryMegabytes: number;
}
