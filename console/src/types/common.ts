/** What several areas share. */

export interface Page<T> {
  readonly items: readonly T[];
  readonly total?: number | undefined;
  readonly next?: string | null | undefined;
}

export interface Failure {
  readonly code: string;
  readonly message: string;
  readonly advice: string;
}

export type Priority = 'urgent' | 'normal' | 'offpeak';
