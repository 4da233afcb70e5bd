/** Doctor, self-test, settings and audit. */

export interface Check {
  readonly id: string;
  readonly title: string;
  readonly status: 'ok' | 'warn' | 'fail' | 'skipped';
  readonly found: string;
  readonly advice?: string | null;
  readonly setting?: string | null;
}

export interface SelfTest {
  readonly state: string;
  readonly steps: readonly {
    readonly title: string;
    readonly status: string;
    readonly detail?: string | null;
    readonly seconds?: number | null;
  }[];
  readonly seconds?: number | null;
  readonly removed?: boolean | null;
}

export interface Setting {
  readonly value: string | number | boolean | null;
  readonly origin?: 'default' | 'file' | 'environment';
  readonly environment?: string;
  readonly description?: string;
}

export interface AuditLine {
  readonly at: string;
  readonly actor: string;
  readonly role: string;
  readonly operation: string;
  readonly target: Readonly<Record<string, string>>;
  readonly status: number;
  readonly requestId: string;
}
