/** Routing rules and what they would do. */

export interface RulesSummary {
  /** 0: the file. */
  readonly version: number;
  readonly at: string | null;
  readonly actor: string | null;
  readonly comment: string;
}

export interface Rules extends RulesSummary {
  readonly text: string;
  readonly rules: RoutingRules;
}

/** As far as the console shows it. */
export interface RoutingRules {
  readonly strong: number;
  readonly weak: number;
  readonly rules: readonly {
    readonly id: string;
    readonly channel: string;
    readonly weight: number;
    readonly when: Readonly<Record<string, readonly string[]>>;
  }[];
  readonly vetoes: readonly {
    readonly id: string;
    readonly reason: string;
    readonly when: Readonly<Record<string, readonly string[]>>;
  }[];
}

export interface RulesCheck {
  readonly valid: boolean;
  readonly errors: readonly { readonly path: string; readonly message: string }[];
}

export interface Explanation {
  readonly studyInstanceUid: string;
  readonly model: { readonly id: string; readonly version: string };
  readonly rulesVersion: number | null;
  readonly instances: number;
  readonly unchanged: boolean;
  readonly complete: boolean;
  readonly units: readonly {
    readonly seriesInstanceUid: string;
    readonly instances: number;
    readonly frames: number;
    readonly decision: {
      readonly channel: string | null;
      readonly score: number;
      readonly source: string;
      readonly reasons: readonly string[];
    };
    readonly would: 'segment' | 'unsupported' | 'fail';
    readonly evidence: {
      readonly header: {
        readonly scores: Readonly<Record<string, number>>;
        readonly rules: readonly string[];
        readonly veto: string | null;
      } | null;
      readonly pixels: {
        readonly best: string;
        readonly probability: number;
        readonly probabilities: Readonly<Record<string, number>>;
      } | null;
    };
  }[];
}
