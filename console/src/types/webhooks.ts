/** Webhooks and their deliveries. */

export const WEBHOOK_EVENTS = ['study.done', 'study.failed', 'alert'] as const;

export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

export interface Webhook {
  readonly id: string;
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly active: boolean;
  readonly createdAt: string;
  readonly updatedAt: string;
}

export interface WebhookChange {
  readonly url: string;
  readonly events: readonly WebhookEvent[];
  readonly active: boolean;
  /** Without it the present one stays. */
  readonly secret?: string;
}

export interface Delivery {
  readonly id: string;
  readonly event: string;
  readonly createdAt: string;
  readonly updatedAt: string;
  readonly state: 'waiting' | 'retrying' | 'delivered' | 'failed';
  readonly attempts: number;
  readonly status?: number | null;
  readonly error?: string | null;
  readonly milliseconds?: number | null;
}
