import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';

/** Every metric of ours by its field name here; `docs/observability.md` says what each is for. */
export interface Metrics {
  readonly registry: Registry;
  readonly stageDuration: Histogram<'stage'>;
  readonly studyDuration: Histogram;
  readonly studies: Counter<'outcome' | 'channel'>;
  readonly frames: Counter<'channel'>;
  readonly queueJobs: Gauge<'state'>;
  readonly queueOldest: Gauge;
  readonly workersAlive: Gauge;
  readonly modelInfo: Gauge<'version' | 'sha256' | 'provider'>;
  readonly engineRestarts: Counter;
  readonly engineOutOfMemory: Counter<'answer'>;
  readonly archiveRequests: Counter<'verb' | 'status'>;
  readonly httpDuration: Histogram<'method' | 'route' | 'status'>;
  readonly arrivals: Counter<'signal'>;
  readonly studiesRefused: Counter<'signal'>;
  readonly feedSilent: Gauge;
  readonly driftingDevices: Gauge<'measure'>;
  readonly webhookDeliveries: Counter<'result'>;
  readonly eventClients: Gauge;
  readonly auditMessages: Counter<'result'>;
  readonly auditWaiting: Gauge;
  readonly auditLinesLost: Counter;
  /** Something to bring up to date before the metrics are read; what fails keeps nothing else from being read. */
  beforeScrape(refresh: () => Promise<void>): void;
  /** Prometheus' text format. */
  text(): Promise<string>;
}

const SECONDS = {
  stage: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 300],
  study: [1, 2.5, 5, 7.5, 10, 15, 20, 30, 60, 120, 300, 900, 3600],
  http: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
};

/**
 * The metrics of one process. Labels come from short fixed lists: no UID, no text of a header, no path as sent.
 * @param processMetrics also memory, processor time, event loop and garbage collection
 */
export function createMetrics(processMetrics = true): Metrics {
  const registry = new Registry();
  const registers = [registry];
  const refreshes: (() => Promise<void>)[] = [];
  if (processMetrics) collectDefaultMetrics({ register: registry });
  const histogram = <L extends string>(name: string, help: string, labelNames: L[], buckets: number[]) =>
    new Histogram<L>({ name, help, labelNames, buckets, registers });
  const counter = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Counter<L>({ name, help, labelNames, registers });
  const gauge = <L extends string>(name: string, help: string, labelNames: L[] = []) =>
    new Gauge<L>({ name, help, labelNames, registers });

  return {
    registry,
    stageDuration: histogram(
      'esp_stage_duration_seconds',
      'Seconds that one run of a study spent in a stage; fetching overlaps with inference',
      ['stage'],
      SECONDS.stage,
    ),
    studyDuration: histogram(
      'esp_study_duration_seconds',
      'Seconds from the first signal of a study to its result',
      [],
      SECONDS.study,
    ),
    studies: counter('esp_studies_total', 'Studies that have ended, by outcome', ['outcome', 'channel']),
    frames: counter('esp_frames_total', 'Frames segmented', ['channel']),
    queueJobs: gauge('esp_queue_jobs', 'Studies in the queue', ['state']),
    queueOldest: gauge(
      'esp_queue_oldest_seconds',
      'Age of the oldest study that waits for a worker, off-peak ones apart',
    ),
    workersAlive: gauge('esp_workers_alive', 'Workers that have told of themselves lately'),
    modelInfo: gauge('esp_model_info', 'Always 1: the models that are loaded', [
      'version',
      'sha256',
      'provider',
    ]),
    engineRestarts: counter(
      'esp_engine_restarts_total',
      'Engine processes started again after a crash, a hang or too much memory',
    ),
    engineOutOfMemory: counter(
      'esp_engine_out_of_memory_total',
      'Times that memory did not suffice for the network, by what the engine did then',
      ['answer'],
    ),
    archiveRequests: counter('esp_archive_requests_total', 'Requests to the archive', ['verb', 'status']),
    httpDuration: histogram(
      'esp_http_request_duration_seconds',
      'Seconds to answer a request; event streams are not in it',
      ['method', 'route', 'status'],
      SECONDS.http,
    ),
    arrivals: counter('esp_arrivals_total', 'Rounds of arrival, by the signal that told of it first', [
      'signal',
    ]),
    studiesRefused: counter(
      'esp_studies_refused_total',
      'Studies that cannot be processed because their StudyInstanceUID is none',
      ['signal'],
    ),
    feedSilent: gauge('esp_feed_silent', '1 when the last hour brought no study although it usually does'),
    driftingDevices: gauge(
      'esp_drifting_devices',
      'Devices whose results of the last two weeks differ from those of their own weeks before',
      ['measure'],
    ),
    webhookDeliveries: counter('esp_webhook_deliveries_total', 'Tries to deliver a webhook', ['result']),
    eventClients: gauge('esp_event_clients', 'Event streams open'),
    auditMessages: counter(
      'esp_audit_messages_total',
      'Audit messages for the syslog receiver: sent, or dropped because too many waited',
      ['result'],
    ),
    auditWaiting: gauge('esp_audit_waiting', 'Audit messages that wait for the syslog receiver'),
    auditLinesLost: counter('esp_audit_lines_lost_total', 'Lines that the audit log in Redis did not take'),
    beforeScrape: (refresh) => void refreshes.push(refresh),
    async text() {
      await Promise.allSettled(refreshes.map((refresh) => refresh()));
      return registry.metrics();
    },
  };
}
