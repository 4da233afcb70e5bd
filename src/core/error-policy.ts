/** What an error concerns. */
export const ERROR_SCOPES = {
  unit: 'One display unit of a study: the other units go on and keep their results.',
  study: 'The whole study: its run ends, and is repeated where trying again can help.',
  process: 'A request, the settings or a process: no study ends by it.',
} as const;

export type ErrorScope = keyof typeof ERROR_SCOPES;

/** What the catalogue says of a code. No text of it, and no message of an error, ever carries health data. */
export interface ErrorPolicy {
  /** HTTP status, where a request ends with it. */
  readonly status: number;
  readonly scope: ErrorScope;
  /** How a unit or study ends that fails with it for good. */
  readonly outcome: 'unsupported' | 'failed';
  /** Trying again without a change can help. */
  readonly retryable: boolean;
  readonly meaning: string;
  /** What the operator should do. */
  readonly advice: string;
}
