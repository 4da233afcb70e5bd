/** Models and the shadow comparison. */

export interface Verification {
  readonly ok: boolean;
  readonly at: string;
  readonly seconds: number;
  readonly checks: readonly {
    readonly name: string;
    readonly status: 'ok' | 'fail' | 'skipped';
    readonly detail: string;
  }[];
}

export interface Model {
  readonly id: string;
  readonly name: string;
  readonly version: string;
  readonly sha256: string;
  readonly size: number;
  readonly modalities: readonly string[];
  readonly configured: boolean;
  readonly state: 'active' | 'available' | 'shadow';
  readonly manifestPath: string;
  readonly verified?: Verification | null;
}

export interface Models {
  readonly items: readonly Model[];
  readonly active: {
    readonly id: string | null;
    readonly at: string | null;
    readonly actor: string | null;
    readonly present: boolean;
  };
  /** What a roll-back makes active. */
  readonly previous: string | null;
  readonly history: readonly {
    readonly id: string;
    readonly at: string;
    readonly actor: string;
    readonly action: 'activated' | 'rolled-back';
  }[];
  readonly problems: readonly {
    readonly worker: string;
    readonly id: string;
    readonly at: string;
    readonly code: string;
    readonly message: string;
  }[];
  readonly unreadable: readonly { readonly path: string; readonly reason: string }[];
}

export interface Shadow {
  readonly model: { readonly id: string; readonly version: string | null } | null;
  readonly against: string | null;
  readonly since: string | null;
  readonly perChannel: readonly {
    readonly channel: string | null;
    readonly studies: number;
    readonly units: number;
    readonly meanDice: number | null;
    readonly sameOutcome: number;
  }[];
  readonly skipped: number;
  readonly failed: number;
  readonly lastError: string | null;
}

/** A channel as the modalities file describes it. */
export interface ChannelInfo {
  readonly name: string;
  readonly title: string;
  readonly segment: string;
  /** `#rrggbb` */
  readonly color: string;
}
