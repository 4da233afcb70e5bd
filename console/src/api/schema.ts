// Written by `npm run generate` from docs/openapi.json. Change the schemas in src/admin instead.
export interface paths {
    readonly "/studies": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Studies, last changed first
         * @description All filters must hold. A page may be shorter than `limit` and yet have a `next`: where a filter matches little, a page ends after some thousand studies looked at.
         *
         *     Role: viewer.
         */
        readonly get: operations["listStudies"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/studies/{uid}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * One study with its timeline
         * @description Shows why a study has the result it has: every event, the evidence of routing, every try.
         *
         *     Role: viewer.
         */
        readonly get: operations["showStudy"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/studies/{uid}/reprocess": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Run a study again although nothing changed
         * @description A result that comes out the same is not stored again; one that differs supersedes the old.
         *
         *     Role: operator.
         */
        readonly post: operations["reprocessStudy"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/studies/{uid}/cancel": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take a study that waits out of the queue
         * @description A study that never ran becomes `cancelled`, another one keeps its last result. A new instance of it brings it back. What already runs is finished: 409.
         *
         *     Role: operator.
         */
        readonly post: operations["cancelStudy"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/studies/{uid}/preview": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * A frame with the outline of its mask
         * @description Made of what the archive holds; a SEG is kept in memory for two minutes, so that all frames of a study cost one reading of it. A frame without mask is shown plain.
         *
         *     Role: viewer.
         */
        readonly get: operations["previewStudy"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/backfills": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Backfills of the last weeks, newest first
         * @description Role: viewer.
         */
        readonly get: operations["listBackfills"];
        readonly put?: never;
        /**
         * Run many studies again, slowly
         * @description The list of studies is made once, when it is asked for; they are then put into the queue so many a minute, also over a restart.
         *
         *     Role: operator.
         */
        readonly post: operations["startBackfill"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/backfills/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How far a backfill has come
         * @description Role: viewer.
         */
        readonly get: operations["showBackfill"];
        readonly put?: never;
        readonly post?: never;
        /**
         * Queue no more studies of a backfill
         * @description What is in the queue already stays there.
         *
         *     Role: operator.
         */
        readonly delete: operations["cancelBackfill"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/quarantine": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Studies that failed for good, last failed first
         * @description Role: viewer.
         */
        readonly get: operations["listQuarantine"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/quarantine/replay": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Try all failed studies again
         * @description As a backfill, so that what failed for a common reason does not fail all at once again.
         *
         *     Role: operator.
         */
        readonly post: operations["replayQuarantine"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/quarantine/{uid}/replay": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Try a failed study again
         * @description Role: operator.
         */
        readonly post: operations["replayQuarantined"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/quarantine/{uid}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        readonly post?: never;
        /**
         * Take a failed study off this list without a result
         * @description It stays in the list of studies as failed, with who took it off. A new instance brings it back.
         *
         *     Role: operator.
         */
        readonly delete: operations["discardQuarantined"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/stats": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Latency, outcomes and arrivals of the last hours
         * @description Latency leaves out runs that somebody asked for: they do not begin with an arrival.
         *
         *     Role: viewer.
         */
        readonly get: operations["showStats"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/usage": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What was done, by day
         * @description At most 400 days at once; the last 30 when none are named. Kept for three years.
         *
         *     Role: viewer.
         */
        readonly get: operations["showUsage"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/queue": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How much waits and whether it is taken
         * @description Role: viewer.
         */
        readonly get: operations["showQueue"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/queue/pause": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Stop taking studies
         * @description Running ones are finished; arriving ones are queued. Lasts until resumed, also over restarts.
         *
         *     Role: operator.
         */
        readonly post: operations["pauseQueue"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/queue/resume": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take studies again
         * @description Role: operator.
         */
        readonly post: operations["resumeQueue"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/queue/drain": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take everything that waits out of the queue
         * @description Studies that wait, also for off-peak hours or their next try, become cancelled; running ones are finished. Nothing is deleted: each can be reprocessed. With dryRun nothing is changed.
         *
         *     Role: operator.
         */
        readonly post: operations["drainQueue"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/workers": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Workers, what they run on and what they do
         * @description The longest running first. A worker that was stopped is gone at once; one that died is shown for an hour with alive = false.
         *
         *     Role: viewer.
         */
        readonly get: operations["listWorkers"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/models": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The models that lie ready, and which of them is active
         * @description Every manifest.json below model.directory is a model.
         *
         *     Role: viewer.
         */
        readonly get: operations["listModels"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/models/{id}/verify": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Try a model on a worker
         * @description Its files against the manifest, loading, one run of every channel, and the golden masks where they lie beside it. Takes half a minute; nothing is activated.
         *
         *     Role: admin.
         */
        readonly post: operations["verifyModel"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/models/{id}/activate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Make a model the active one
         * @description A worker tries it first; one that does not pass is refused and nothing changes. Running studies finish with the former model. Studies that are done keep their results until they are processed again: then those of the former model are superseded.
         *
         *     Role: admin.
         */
        readonly post: operations["activateModel"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/models/rollback": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Take back the latest activation
         * @description At once and without a trial: the model before was active already.
         *
         *     Role: admin.
         */
        readonly post: operations["rollBackModel"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/models/shadow": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The second model that runs beside the active one, and how they agree
         * @description Of units with more than 16 frames 16 are compared, spread evenly.
         *
         *     Role: viewer.
         */
        readonly get: operations["showShadowModel"];
        /**
         * Run a second model beside the active one, or end that
         * @description It sees every study after its result is stored, stores nothing, and whatever it does the study does not notice. It takes a second engine of memory on every worker (engine.memoryMegabytes).
         *
         *     Role: admin.
         */
        readonly put: operations["setShadowModel"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/channels": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The channels that the modalities file describes
         * @description Which of them can be used is the model’s to say: see `modalities` of GET /models.
         *
         *     Role: viewer.
         */
        readonly get: operations["listChannels"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/routing": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The routing rules in force
         * @description Role: viewer.
         */
        readonly get: operations["showRouting"];
        /**
         * Put routing rules in force
         * @description Kept as a new version. Every worker uses it from its next study on; studies that are done are not run again by themselves: reprocess them, or start a backfill. Where the channel stays the same, nothing new is stored.
         *
         *     Role: admin.
         */
        readonly put: operations["putRouting"];
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/routing/validate": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Check rules without keeping them
         * @description Role: operator.
         */
        readonly post: operations["validateRouting"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/routing/versions": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Every version of the routing rules, newest first
         * @description Role: viewer.
         */
        readonly get: operations["listRoutingVersions"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/routing/versions/{version}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * One version of the routing rules
         * @description To go back to it, put its `text` again: that makes a new version.
         *
         *     Role: viewer.
         */
        readonly get: operations["showRoutingVersion"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/routing/explain": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * What would happen to a study, and why, without doing it
         * @description A worker reads the study from the archive and decides every unit by header and picture, with the rules in force or those given. Nothing is stored, and the study does not notice.
         *
         *     Role: operator.
         */
        readonly post: operations["explainStudy"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/doctor": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Checks archive, Redis, model, workers, machine and viewer
         * @description Each finding names the setting to change. Answers 200 whatever is found: see `ok`. Takes a few seconds; who asks within five seconds gets the same report. Nothing is stored in the archive: the command line does that.
         *
         *     Role: viewer.
         */
        readonly get: operations["runDoctor"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/doctor/self-test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Sends a synthetic study through the whole chain and removes it again
         * @description One at a time. Where the archive cannot delete, the study stays and the result says so.
         *
         *     Role: operator.
         */
        readonly post: operations["startSelfTest"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/doctor/self-test/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * How a self-test goes, step by step
         * @description Kept for a week.
         *
         *     Role: viewer.
         */
        readonly get: operations["getSelfTest"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/events": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What happens, as it happens
         * @description Server-Sent Events. Types:
         *
         *     - `study`: state or outcome of a study changed: {studyInstanceUid, state, outcome?, channels[], seconds?, correlationId?, ended}; `ended` is true when a run has just ended with this outcome
         *     - `alert`: {alert, state: raised|cleared, message}
         *     - `queue`: {counts, paused}, at the beginning and when it has changed
         *     - `worker`: {workers[]}, likewise
         *
         *     `study` and `alert` have ids: a client that comes back with `Last-Event-ID` (or `lastEventId`) gets what it missed, as far as it is kept (settings.events.keep). The stream ends after an hour; browsers then come back by themselves.
         *
         *     Role: viewer.
         */
        readonly get: operations["streamEvents"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Who is told of events
         * @description Role: admin.
         */
        readonly get: operations["listWebhooks"];
        readonly put?: never;
        /**
         * Tell somebody of events
         * @description Events: `study.done`, `study.failed`, `alert`. Deliveries are POSTs of JSON with the header `x-esp-signature`; see docs/observability.md for how to check it.
         *
         *     Role: admin.
         */
        readonly post: operations["addWebhook"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/{id}": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * One webhook
         * @description Role: admin.
         */
        readonly get: operations["showWebhook"];
        /**
         * Change a webhook
         * @description Role: admin.
         */
        readonly put: operations["changeWebhook"];
        readonly post?: never;
        /**
         * Remove a webhook and its log
         * @description Deliveries that still wait are not made.
         *
         *     Role: admin.
         */
        readonly delete: operations["removeWebhook"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/{id}/test": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly get?: never;
        readonly put?: never;
        /**
         * Send a delivery of the type `test`
         * @description Once, also when the webhook is not active. What became of it is in its deliveries.
         *
         *     Role: admin.
         */
        readonly post: operations["testWebhook"];
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/webhooks/{id}/deliveries": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What became of the last deliveries
         * @description The newest first; the last 100 are kept.
         *
         *     Role: admin.
         */
        readonly get: operations["listDeliveries"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/settings": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * The settings in use and where each comes from
         * @description Of this gateway, as read when it started; a worker's may differ. Read-only.
         *
         *     Role: admin.
         */
        readonly get: operations["showSettings"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/audit": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * What was changed by whom
         * @description Every POST, PUT and DELETE of a known caller, refused ones included, newest first. The oldest are dropped when there are more than audit.keep.
         *
         *     Role: admin.
         */
        readonly get: operations["listAudit"];
        readonly put?: never;
        readonly post?: never;
        readonly delete?: never;
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
    readonly "/session": {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        /**
         * Who is signed in
         * @description Role: none.
         */
        readonly get: operations["showSession"];
        readonly put?: never;
        /**
         * Sign in
         * @description Sets the cookie `esp_session` for 12 hours. Changes by a session need the header `x-requested-with: esp-console`. Ten failed tries a minute and address.
         *
         *     Role: none.
         */
        readonly post: operations["signIn"];
        /**
         * Sign out
         * @description Role: none.
         */
        readonly delete: operations["signOut"];
        readonly options?: never;
        readonly head?: never;
        readonly patch?: never;
        readonly trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        readonly ActivatedModel: {
            readonly id: string;
            readonly version: string;
            readonly sha256: string;
        };
        readonly Activation: {
            readonly id: string;
            readonly at: string;
            readonly actor: string;
            /** @enum {string} */
            readonly action: "activated" | "rolled-back";
        };
        /** @description what the workers take up before their next study */
        readonly ActiveModel: {
            readonly id: string | null;
            /** @description null for the configured model */
            readonly at: string | null;
            readonly actor: string | null;
            /** @description false when its files are gone: the workers keep what they have */
            readonly present: boolean;
        };
        readonly AlertChange: {
            /** @enum {string} */
            readonly alert: "feed-silent";
            /** @enum {string} */
            readonly state: "raised" | "cleared";
            readonly message: string;
        };
        readonly ArrivalCount: {
            /**
             * Format: date-time
             * @description begin of the hour, UTC
             */
            readonly at: string;
            readonly n: number;
        };
        readonly AuditLine: {
            /** Format: date-time */
            readonly at: string;
            /** @description the role's token or a session; never a secret */
            readonly actor: string;
            readonly role: components["schemas"]["Role"];
            /** @description operationId of the endpoint */
            readonly operation: string;
            /** @description path parameters of the call */
            readonly target: {
                readonly [key: string]: string;
            };
            /** @description HTTP status of the answer */
            readonly status: number;
            /** @description the x-request-id of the answer and of the log lines */
            readonly requestId: string;
        };
        readonly AuditPage: {
            readonly items: readonly components["schemas"]["AuditLine"][];
            /** @description cursor of the next page, when there may be one */
            readonly next?: string;
        };
        readonly Backfill: {
            readonly id: string;
            /**
             * @description `done`: all are in the queue, not yet processed
             * @enum {string}
             */
            readonly state: "running" | "done" | "cancelled";
            /** @description studies to be queued */
            readonly total: number;
            /** @description studies queued so far */
            readonly done: number;
            readonly perMinute: number;
            readonly priority: components["schemas"]["Priority"];
            /** @description who started it */
            readonly actor: string;
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly endedAt?: string;
        };
        readonly BackfillList: {
            readonly items: readonly components["schemas"]["Backfill"][];
        };
        /** @description what a backfill would take */
        readonly BackfillMatch: {
            readonly matched: number;
            /** @description StudyInstanceUIDs of the first ones */
            readonly sample: readonly string[];
        };
        /** @description which studies are taken */
        readonly BackfillQuery: {
            /** @enum {string} */
            readonly outcome?: "segmented" | "empty" | "unsupported" | "failed" | "superseded";
            readonly channel?: string;
            /**
             * Format: date-time
             * @description last changed at or after
             */
            readonly from?: string;
            /**
             * Format: date-time
             * @description last changed at or before
             */
            readonly to?: string;
        } | {
            readonly studies: readonly string[];
        } | {
            readonly archive: {
                /** Format: date */
                readonly from: string;
                /** Format: date */
                readonly to: string;
            };
        };
        readonly BackfillRequest: {
            readonly query: components["schemas"]["BackfillQuery"];
            /**
             * @description only tell what would be taken
             * @default false
             */
            readonly dryRun?: boolean;
            /**
             * @description studies queued a minute
             * @default 60
             */
            readonly perMinute?: number;
            /** @default offpeak */
            readonly priority?: components["schemas"]["Priority"];
        };
        readonly CancelledStudy: {
            /**
             * @description what it was waiting in
             * @enum {string}
             */
            readonly cancelled: "quiet" | "queued";
        };
        readonly ChangedWebhook: {
            /**
             * Format: uri
             * @description http or https; who receives decides by the signature, not by credentials in the URL
             */
            readonly url: string;
            readonly events: readonly components["schemas"]["WebhookEvent"][];
            readonly active: boolean;
            /** @description a new one; without it the present one stays */
            readonly secret?: string;
        };
        readonly Channel: {
            readonly name: components["schemas"]["ChannelName"];
            /** @description the kind of picture, as people call it */
            readonly title: string;
            /** @description what is segmented: the label of its SEGs */
            readonly segment: string;
            /** @description `#rrggbb`, as its masks have in the viewers */
            readonly color: string;
        };
        readonly ChannelList: {
            readonly items: readonly components["schemas"]["Channel"][];
        };
        /** @description a modality as the manifest of a model names it, such as `xray` */
        readonly ChannelName: string;
        /** @description what a worker is busy with */
        readonly CurrentStudy: {
            readonly studyInstanceUid: string;
            readonly correlationId: string;
            /** Format: date-time */
            readonly since: string;
        };
        readonly Delivery: {
            /** @description sent as x-esp-delivery; the same for every try */
            readonly id: string;
            readonly event: string;
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly updatedAt: string;
            /**
             * @description retrying: another try follows
             * @enum {string}
             */
            readonly state: "waiting" | "retrying" | "delivered" | "failed";
            /** @description tries so far */
            readonly attempts: number;
            /** @description HTTP status of the last answer */
            readonly status?: number;
            /** @description why the last try did not count */
            readonly error?: string;
            /** @description until the last answer */
            readonly milliseconds?: number;
        };
        readonly DeliveryList: {
            readonly items: readonly components["schemas"]["Delivery"][];
        };
        /** @description taken off the quarantine list */
        readonly Discarded: {
            /** Format: date-time */
            readonly at: string;
            readonly actor: string;
        };
        readonly DiscardedStudy: {
            readonly studyInstanceUid: string;
            readonly discarded: components["schemas"]["Discarded"];
        };
        readonly DoctorReport: {
            /** @description true when no check failed */
            readonly ok: boolean;
            /** Format: date-time */
            readonly at: string;
            readonly checks: readonly components["schemas"]["Finding"][];
        };
        readonly DrainRequest: {
            /** @description true: only tell how many would be taken out */
            readonly dryRun: boolean;
        };
        readonly DrainResult: {
            readonly dryRun: boolean;
            readonly studies: number;
        };
        /** @description no field is known */
        readonly EmptyRequest: Record<string, never>;
        /**
         * @description code of the catalogue of errors
         * @enum {string}
         */
        readonly ErrorCode: "INVALID_UID" | "INVALID_REQUEST" | "NOT_FOUND" | "NO_PREVIEW" | "UNAUTHORIZED" | "FORBIDDEN" | "CONFLICT" | "METHOD_NOT_ALLOWED" | "MEDIA_TYPE_UNSUPPORTED" | "STOW_INVALID" | "UPLOAD_TOO_SLOW" | "UPLOAD_TOO_LARGE" | "GATEWAY_BUSY" | "TOO_MANY" | "PRECONDITION_FAILED" | "PRECONDITION_REQUIRED" | "CONFIG_INVALID" | "ARCHIVE_UNREACHABLE" | "ARCHIVE_REFUSED" | "ARCHIVE_DENIED" | "ARCHIVE_BAD_ANSWER" | "STORE_FAILED" | "STORE_NOTHING" | "STORE_UNVERIFIED" | "STORE_CONFLICT" | "STUDY_EMPTY" | "SYNTAX_UNSUPPORTED" | "PIXELS_INVALID" | "PIXELS_UNSUPPORTED" | "MODEL_INVALID" | "MODEL_REFUSED" | "NO_WORKER" | "WORKER_TIMEOUT" | "ENGINE_CRASHED" | "ENGINE_TIMEOUT" | "SEG_INVALID" | "LEDGER_UNREADABLE" | "QUEUE_UNAVAILABLE" | "INTERNAL";
        readonly ExplainRequest: {
            readonly studyInstanceUid: string;
            readonly rules?: components["schemas"]["RulesText"];
        };
        readonly Explanation: {
            readonly studyInstanceUid: string;
            readonly model: {
                readonly id: string;
                readonly version: string;
                readonly sha256: string;
            };
            /** @description version of the routing rules; null for rules given in the request */
            readonly rulesVersion: number | null;
            /** @description instances of the study in the archive, of every kind */
            readonly instances: number;
            /** @description nothing that shapes the result has changed since the last run: only a forced run would do anything */
            readonly unchanged: boolean;
            /** @description false when the study has more units than are looked at here */
            readonly complete: boolean;
            readonly units: readonly components["schemas"]["UnitExplanation"][];
        };
        /** @description why a study failed */
        readonly Failure: {
            /** @description code of the catalogue of errors */
            readonly code: string;
            readonly message: string;
            /** @description what to do about it */
            readonly advice: string;
        };
        readonly Finding: {
            /** @description stable name of the check, such as `redis.eviction` */
            readonly id: string;
            /** @description what was checked */
            readonly title: string;
            /**
             * @description `fail` keeps studies from being processed or kept; `skipped` could not be asked
             * @enum {string}
             */
            readonly status: "ok" | "warn" | "fail" | "skipped";
            /** @description what was found */
            readonly found: string;
            /** @description what to do; empty when there is nothing to do */
            readonly advice: string;
            /** @description the setting to change: ours with its environment variable, or that of Orthanc or Redis */
            readonly setting?: string;
            /** @description how long the check took */
            readonly seconds: number;
        };
        readonly Latency: {
            /** @description seconds from arrival to result; absent without a study */
            readonly p50?: number;
            /** @description seconds from arrival to result; absent without a study */
            readonly p95?: number;
            /** @description studies */
            readonly n: number;
        };
        readonly LatencyOfHour: {
            /** @description seconds from arrival to result; absent without a study */
            readonly p50?: number;
            /** @description seconds from arrival to result; absent without a study */
            readonly p95?: number;
            /** @description studies */
            readonly n: number;
            /**
             * Format: date-time
             * @description begin of the hour, UTC
             */
            readonly at: string;
        };
        readonly Model: {
            readonly id: string;
            readonly name: string;
            readonly version: string;
            /** @description of the weights, as SEG objects name it */
            readonly sha256: string;
            /** @description bytes of its files together */
            readonly size: number;
            readonly modalities: readonly components["schemas"]["ChannelName"][];
            /** @description whether it can tell the modality from the picture */
            readonly detector: boolean;
            /** @description named by model.manifest: active until another one is activated */
            readonly configured: boolean;
            /** @enum {string} */
            readonly state: "active" | "shadow" | "available";
            /** @description below model.directory where it lies there */
            readonly manifestPath: string;
            readonly verified?: components["schemas"]["Verification"];
        };
        readonly ModelList: {
            readonly items: readonly components["schemas"]["Model"][];
            readonly active: components["schemas"]["ActiveModel"];
            /** @description id that a roll-back makes active; null when there is none */
            readonly previous: string | null;
            readonly history: readonly components["schemas"]["Activation"][];
            /** @description workers that cannot use the active model and keep another one */
            readonly problems: readonly components["schemas"]["ModelProblem"][];
            /** @description manifests that are none */
            readonly unreadable: readonly {
                readonly path: string;
                readonly reason: string;
            }[];
        };
        /** @description a worker that cannot use the active model and keeps another one */
        readonly ModelProblem: {
            readonly worker: string;
            readonly id: string;
            readonly at: string;
            readonly code: string;
            readonly message: string;
        };
        readonly NewWebhook: {
            /**
             * Format: uri
             * @description http or https; who receives decides by the signature, not by credentials in the URL
             */
            readonly url: string;
            readonly events: readonly components["schemas"]["WebhookEvent"][];
            /** @description signs every delivery; is never shown again */
            readonly secret: string;
            /** @default true */
            readonly active?: boolean;
        };
        /**
         * @description how a display unit or a study ended
         * @enum {string}
         */
        readonly Outcome: "segmented" | "empty" | "unsupported" | "failed" | "superseded";
        readonly OutcomeCount: {
            /** @description null where no modality was found */
            readonly channel: components["schemas"]["ChannelName"] | null;
            readonly outcome: components["schemas"]["Outcome"];
            readonly n: number;
        };
        /**
         * @description class in the queue; `offpeak` waits for the hours of settings.queue
         * @enum {string}
         */
        readonly Priority: "urgent" | "normal" | "offpeak";
        /** @description RFC 9457 */
        readonly Problem: {
            readonly type: string;
            readonly title: components["schemas"]["ErrorCode"];
            readonly status: number;
            readonly detail: string;
            /** @description what to do about it */
            readonly advice: string;
        };
        readonly QuarantinePage: {
            readonly total?: number;
            readonly items: readonly components["schemas"]["QuarantinedStudy"][];
            /** @description StudyInstanceUIDs of this page whose record cannot be read: a newer version wrote it, or half of it was restored. They count as items of the page; running them again (`POST /backfills`) writes the record anew */
            readonly unreadable: readonly string[];
            /** @description cursor of the next page; absent on the last one */
            readonly next?: string;
        };
        readonly QuarantinedStudy: {
            readonly studyInstanceUid: string;
            readonly error?: components["schemas"]["Failure"];
            readonly tries: number;
            /** Format: date-time */
            readonly failedAt: string;
            /** Format: date-time */
            readonly arrivedAt?: string;
        };
        readonly QueueCounts: {
            /** @description for a worker, whatever their class */
            readonly waiting: number;
            readonly active: number;
            /** @description for off-peak hours or for their next try */
            readonly delayed: number;
            /** @description of the last seven days, at most 10000 */
            readonly completed: number;
            /** @description of the last thirty days, at most 10000 */
            readonly failed: number;
        };
        readonly QueuePaused: {
            readonly paused: boolean;
        };
        readonly QueueSnapshot: {
            readonly counts: {
                readonly waiting: number;
                readonly active: number;
                readonly delayed: number;
                readonly completed: number;
                readonly failed: number;
            };
            readonly paused: boolean;
        };
        readonly QueueState: {
            readonly counts: components["schemas"]["QueueCounts"];
            readonly paused: boolean;
            /** @description the waiting ones by class */
            readonly priorities: {
                readonly urgent: number;
                readonly normal: number;
                readonly offpeak: number;
            };
            readonly offpeak: {
                /** @description HH:MM of the worker's clock; empty for at any time */
                readonly from: string;
                readonly to: string;
                /** @description whether off-peak studies are taken now */
                readonly open: boolean;
            };
        };
        readonly ReplayAllRequest: {
            /**
             * @description studies queued a minute
             * @default 600
             */
            readonly perMinute?: number;
            /** @default normal */
            readonly priority?: components["schemas"]["Priority"];
        };
        readonly ReplayRequest: {
            /** @default normal */
            readonly priority?: components["schemas"]["Priority"];
        };
        readonly ReplayStarted: {
            readonly matched: number;
            /** @description id of the backfill: see `/backfills/{id}` */
            readonly backfill: string;
        };
        readonly ReprocessRequest: {
            /** @default normal */
            readonly priority?: components["schemas"]["Priority"];
        };
        /** @description how sure a result is: of its most doubtful frame */
        readonly ResultQuality: {
            /** @description Dice (0–1) to be expected; of an empty result the probability that nothing was overlooked */
            readonly predicted: number;
            /** @description what the Dice reaches in nine of ten cases; 0 of an empty result */
            readonly lower: number;
            /** @description below the limit of the channel: a person should look at it */
            readonly review: boolean;
        };
        /**
         * @description what a caller may do; each role may do what the ones before it may
         * @enum {string}
         */
        readonly Role: "viewer" | "operator" | "admin";
        readonly RoutingRequest: {
            readonly rules: components["schemas"]["RulesText"];
            /**
             * @description why, for those who come later
             * @default
             */
            readonly comment?: string;
        };
        readonly RoutingRules: {
            /** @description the header alone decides from this score */
            readonly strong: number;
            /** @description below this score the picture alone decides */
            readonly weak: number;
            readonly rules: readonly {
                readonly id: string;
                readonly channel: components["schemas"]["ChannelName"];
                readonly weight: number;
                readonly when: components["schemas"]["RuleCondition"];
            }[];
            readonly vetoes: readonly {
                readonly id: string;
                readonly reason: string;
                readonly when: components["schemas"]["RuleCondition"];
            }[];
        } & {
            readonly [key: string]: unknown;
        };
        readonly RoutingVersion: {
            /** @description 0: the file config/modalities.yaml */
            readonly version: number;
            /** @description null for version 0 */
            readonly at: string | null;
            readonly actor: string | null;
            readonly comment: string;
            /** @description YAML as it was written, to be edited and put again */
            readonly text: string;
            /** @description the same as a value */
            readonly rules: components["schemas"]["RoutingRules"];
        };
        readonly RoutingVersionPage: {
            readonly total: number;
            readonly items: readonly components["schemas"]["RoutingVersionSummary"][];
            /** @description cursor of the next page; absent on the last one */
            readonly next?: string;
        };
        readonly RoutingVersionSummary: {
            /** @description 0: the file config/modalities.yaml */
            readonly version: number;
            /** @description null for version 0 */
            readonly at: string | null;
            readonly actor: string | null;
            readonly comment: string;
        };
        /** @description what the header must say, by key; all keys must hold, one value of each */
        readonly RuleCondition: {
            readonly [key: string]: readonly string[];
        };
        readonly RuleProblem: {
            /** @description `rules.3.when.description.0` */
            readonly path: string;
            readonly message: string;
        };
        readonly RulesCheck: {
            readonly valid: boolean;
            readonly errors: readonly components["schemas"]["RuleProblem"][];
        };
        readonly RulesCheckRequest: {
            readonly rules: components["schemas"]["RulesText"];
        };
        /** @description routing rules: what stands below `routing` in config/modalities.yaml */
        readonly RulesText: string | {
            readonly [key: string]: unknown;
        };
        readonly RunQueued: {
            readonly studyInstanceUid: string;
            /** @description of the run; in every line of the logs */
            readonly correlationId: string;
        };
        readonly SelfTest: {
            readonly id: string;
            /** @enum {string} */
            readonly state: "running" | "passed" | "failed";
            /** Format: date-time */
            readonly startedAt: string;
            readonly seconds: number;
            readonly steps: readonly components["schemas"]["SelfTestStep"][];
            /** @description the synthetic study; nobody belongs to it */
            readonly studyInstanceUid: string;
            /** @description whether archive and ledger no longer have it; else delete the study of patient ESP-MEDSAM-DOCTOR by hand */
            readonly removed: boolean;
        };
        readonly SelfTestStarted: {
            /** @description to ask how it goes */
            readonly id: string;
        };
        readonly SelfTestStep: {
            /** @enum {string} */
            readonly name: "make" | "store" | "arrive" | "process" | "verify" | "remove";
            readonly title: string;
            /** @enum {string} */
            readonly status: "waiting" | "running" | "ok" | "failed" | "skipped";
            readonly seconds?: number;
            /** @description what was seen, or what went wrong and what to do */
            readonly detail?: string;
        };
        /** @description role and name, or null for nobody */
        readonly Session: {
            readonly role: components["schemas"]["Role"] | null;
            readonly name: string | null;
            /** @description true when no token is set, so that nobody has to sign in */
            readonly open: boolean;
        };
        readonly Setting: {
            /** @description of a secret only `set` or `not set`; of a URL without credentials */
            readonly value: string | number | boolean | null;
            /**
             * @description where the value comes from: config/default.yaml, the file named by ESP_CONFIG, the environment
             * @enum {string}
             */
            readonly origin?: "default" | "file" | "environment";
            /** @description environment variable that sets it */
            readonly environment?: string;
            readonly description?: string;
        };
        /** @description settings by section and key */
        readonly SettingsInUse: {
            readonly settings: {
                readonly [key: string]: {
                    readonly [key: string]: components["schemas"]["Setting"];
                };
            };
        };
        readonly ShadowAgreement: {
            /** @description null: neither model takes it for one of its own */
            readonly channel: components["schemas"]["ChannelName"] | null;
            readonly studies: number;
            readonly units: number;
            /** @description overlap of the masks, over units in which either model sees something; null without any */
            readonly meanDice: number | null;
            /** @description share of the units that both models end alike */
            readonly sameOutcome: number;
        };
        readonly ShadowComparison: {
            /** @description null when there is no shadow */
            readonly model: {
                readonly id: string;
                /** @description null when its files are gone */
                readonly version: string | null;
            } | null;
            /** @description id of the active model it is compared with */
            readonly against: string | null;
            /** @description begin of the comparison: anew when either model changes */
            readonly since: string | null;
            readonly perChannel: readonly components["schemas"]["ShadowAgreement"][];
            /** @description studies left out because the shadow is slower than they come */
            readonly skipped: number;
            /** @description studies on which the shadow failed; the studies themselves did not */
            readonly failed: number;
            readonly lastError: string | null;
        };
        readonly ShadowRequest: {
            /** @description null ends it */
            readonly id: string | null;
        };
        readonly SignInRequest: {
            /** @description a token of the settings */
            readonly token: string;
        };
        readonly SignedIn: {
            readonly role: components["schemas"]["Role"];
            /** @description as in the audit log */
            readonly name: string;
        };
        readonly Stats: {
            readonly latency: components["schemas"]["Latency"];
            /** @description runs with at least one display unit that ended so */
            readonly outcomes: readonly components["schemas"]["OutcomeCount"][];
            /** @description studies seen for the first time */
            readonly arrivals: readonly components["schemas"]["ArrivalCount"][];
            /** @description latency by the hour in which the result came */
            readonly series: readonly components["schemas"]["LatencyOfHour"][];
        };
        /** @description the JSON of `data:` by the type of the event */
        readonly StreamedEvents: {
            readonly study: components["schemas"]["StudyChange"];
            readonly alert: components["schemas"]["AlertChange"];
            readonly queue: components["schemas"]["QueueSnapshot"];
            readonly worker: components["schemas"]["WorkersSnapshot"];
        };
        readonly Study: {
            readonly studyInstanceUid: string;
            readonly state: components["schemas"]["StudyState"];
            /** @description of the last finished run */
            readonly outcome?: components["schemas"]["Outcome"];
            /** @description modalities found */
            readonly channels: readonly components["schemas"]["ChannelName"][];
            /** @description lowest routing score (0–1) of its display units */
            readonly score?: number;
            /** @description lowest predicted Dice of its display units, 0–1 */
            readonly predictedDice?: number;
            /** @description a person should look at one of its results */
            readonly needsReview: boolean;
            /** @description display units of the last run, then superseded ones */
            readonly units: readonly components["schemas"]["StudyUnit"][];
            /** @description frames segmented */
            readonly frames: number;
            /** @description from arrival to outcome */
            readonly seconds?: number;
            readonly attempts: number;
            /** @description of the last try, when it failed */
            readonly error?: components["schemas"]["Failure"];
            /** @description failed and waiting for a decision: see `/quarantine` */
            readonly quarantined: boolean;
            /** Format: date-time */
            readonly firstSeen: string;
            /**
             * Format: date-time
             * @description first signal of the last round
             */
            readonly arrivedAt?: string;
            /** Format: date-time */
            readonly updatedAt: string;
            /** @description in the archive after the last run */
            readonly instances?: number;
            /** @description how the study is tagged in the archive */
            readonly tag?: string;
            /** @description of what the last run saw; the same one needs no new run */
            readonly fingerprint?: string;
            readonly correlationId?: string;
            readonly discarded?: components["schemas"]["Discarded"];
            /** @description the timeline, oldest first */
            readonly events: readonly components["schemas"]["StudyEvent"][];
            /** @description its place in the queue; absent when it has none */
            readonly job?: components["schemas"]["StudyJob"];
            readonly links: {
                /** @description the study in OHIF */
                readonly viewer: string;
                /** @description a picture with the outline of the mask, one a unit, in their order */
                readonly preview: readonly string[];
            };
        };
        readonly StudyChange: {
            readonly studyInstanceUid: string;
            readonly state: components["schemas"]["StudyState"];
            readonly outcome?: components["schemas"]["Outcome"];
            readonly channels: readonly components["schemas"]["ChannelName"][];
            readonly seconds?: number;
            readonly correlationId?: string;
            readonly ended: boolean;
        };
        /** @description a line of the timeline of a study */
        readonly StudyEvent: {
            /** Format: date-time */
            readonly at: string;
            /** @description signal, queued, started, unit, retry, done, failed, reprocess, … */
            readonly event: string;
            /** @description counts, codes, UIDs and reasons */
            readonly detail?: {
                readonly [key: string]: unknown;
            };
        };
        readonly StudyJob: {
            /** @enum {string} */
            readonly state: "waiting" | "delayed" | "active";
            readonly attemptsMade: number;
            readonly priority: components["schemas"]["Priority"];
        };
        readonly StudyPage: {
            /** @description absent where it would have to be counted one by one */
            readonly total?: number;
            readonly items: readonly components["schemas"]["StudySummary"][];
            /** @description StudyInstanceUIDs of this page whose record cannot be read: a newer version wrote it, or half of it was restored. They count as items of the page; running them again (`POST /backfills`) writes the record anew */
            readonly unreadable: readonly string[];
            /** @description cursor of the next page; absent on the last one */
            readonly next?: string;
        };
        /**
         * @description what happens to a study now; `done`: its `outcome` says how it ended
         * @enum {string}
         */
        readonly StudyState: "quiet" | "queued" | "running" | "retrying" | "done" | "cancelled";
        readonly StudySummary: {
            readonly studyInstanceUid: string;
            readonly state: components["schemas"]["StudyState"];
            /** @description of the last finished run */
            readonly outcome?: components["schemas"]["Outcome"];
            /** @description modalities found */
            readonly channels: readonly components["schemas"]["ChannelName"][];
            /** @description lowest routing score (0–1) of its display units */
            readonly score?: number;
            /** @description lowest predicted Dice of its display units, 0–1 */
            readonly predictedDice?: number;
            /** @description a person should look at one of its results */
            readonly needsReview: boolean;
            /** @description display units */
            readonly units: number;
            /** @description frames segmented */
            readonly frames: number;
            /** @description from arrival to outcome */
            readonly seconds?: number;
            readonly attempts: number;
            /** @description of the last try, when it failed */
            readonly error?: components["schemas"]["Failure"];
            /** @description failed and waiting for a decision: see `/quarantine` */
            readonly quarantined: boolean;
            /** Format: date-time */
            readonly firstSeen: string;
            /**
             * Format: date-time
             * @description first signal of the last round
             */
            readonly arrivedAt?: string;
            /** Format: date-time */
            readonly updatedAt: string;
        };
        /** @description the result of one display unit */
        readonly StudyUnit: {
            readonly outcome: components["schemas"]["Outcome"];
            readonly channel?: components["schemas"]["ChannelName"];
            /** @description routing score, 0–1 */
            readonly score?: number;
            /** @description the evidence, in the order in which it was weighed */
            readonly reasons: readonly string[];
            readonly sourceSeriesUid: string;
            readonly sourceInstanceUids: readonly string[];
            readonly segSeriesUid?: string;
            readonly segInstanceUid?: string;
            readonly srSeriesUid?: string;
            readonly srInstanceUid?: string;
            /** @description with foreground / processed */
            readonly frames?: {
                readonly positive: number;
                readonly total: number;
            };
            /** @description absent where the model does not tell it */
            readonly quality?: components["schemas"]["ResultQuality"];
        };
        readonly TestQueued: {
            readonly deliveryId: string;
        };
        readonly UnitExplanation: {
            readonly seriesInstanceUid: string;
            readonly instances: number;
            /** @description frames that would be segmented */
            readonly frames: number;
            readonly decision: {
                readonly channel: string | null;
                readonly score: number;
                /** @enum {string} */
                readonly source: "header" | "pixels" | "header+pixels" | "none";
                readonly reasons: readonly string[];
            };
            /** @enum {string} */
            readonly would: "segment" | "unsupported" | "fail";
            readonly evidence: {
                /** @description null where the kind of the image settles it */
                readonly header: {
                    /** @description weights of the header rules that hold, combined; channels without any left out */
                    readonly scores: {
                        readonly [key: string]: number;
                    };
                    /** @description one sentence for each rule that holds */
                    readonly rules: readonly string[];
                    /** @description id of the veto that holds */
                    readonly veto: string | null;
                } | null;
                /** @description null where the picture was not looked at */
                readonly pixels: {
                    readonly best: string | "none";
                    readonly probability: number;
                    readonly probabilities: {
                        readonly [key: string]: number;
                    };
                } | null;
            };
        };
        readonly Usage: {
            readonly items: readonly components["schemas"]["UsageDay"][];
        };
        readonly UsageDay: {
            /**
             * Format: date
             * @description UTC
             */
            readonly day: string;
            /** @description runs that ended */
            readonly studies: number;
            readonly segmented: number;
            /** @description nothing was found */
            readonly empty: number;
            readonly unsupported: number;
            readonly failed: number;
            /** @description segmented */
            readonly frames: number;
            /** @description runs with at least one display unit of the modality */
            readonly byChannel: {
                readonly [key: string]: number;
            };
            /** @description spent by workers */
            readonly seconds: number;
        };
        /** @description what a worker found when it last tried a model */
        readonly Verification: {
            readonly ok: boolean;
            /** Format: date-time */
            readonly at: string;
            readonly seconds: number;
            readonly checks: readonly components["schemas"]["VerificationCheck"][];
        };
        readonly VerificationCheck: {
            /** @enum {string} */
            readonly name: "files" | "load" | "run" | "golden";
            /** @enum {string} */
            readonly status: "ok" | "fail" | "skipped";
            readonly detail: string;
        };
        readonly Webhook: {
            /** Format: uuid */
            readonly id: string;
            readonly url: string;
            readonly events: readonly components["schemas"]["WebhookEvent"][];
            readonly active: boolean;
            /** Format: date-time */
            readonly createdAt: string;
            /** Format: date-time */
            readonly updatedAt: string;
        };
        /**
         * @description what a webhook is told of
         * @enum {string}
         */
        readonly WebhookEvent: "study.done" | "study.failed" | "alert";
        readonly WebhookList: {
            readonly items: readonly components["schemas"]["Webhook"][];
        };
        readonly Worker: {
            readonly id: string;
            readonly host: string;
            readonly pid: number;
            /** @description of this software */
            readonly version: string;
            /** Format: date-time */
            readonly startedAt: string;
            /** Format: date-time */
            readonly seenAt: string;
            /** @description whether it was seen within the last 20 s */
            readonly alive: boolean;
            /** @description what its engines really use: cpu or cuda */
            readonly provider: string;
            readonly model: {
                readonly version: string;
                readonly sha256: string;
            };
            /** @description studies at a time */
            readonly slots: number;
            readonly current: readonly components["schemas"]["CurrentStudy"][];
            /** @description studies finished within the last hour */
            readonly done1h: number;
            /** @description frames segmented a minute, over the last ten minutes */
            readonly framesPerMinute: number;
            /** @description resident, engines included */
            readonly memoryMegabytes: number;
        };
        readonly WorkerList: {
            readonly items: readonly components["schemas"]["Worker"][];
        };
        readonly WorkersSnapshot: {
            readonly workers: readonly {
                readonly id: string;
                readonly host: string;
                readonly alive: boolean;
                readonly provider: string;
                readonly model: {
                    readonly version: string;
                    readonly sha256: string;
                };
                readonly slots: number;
                readonly current: readonly {
                    readonly studyInstanceUid: string;
                    readonly correlationId: string;
                    /** Format: date-time */
                    readonly since: string;
                }[];
                readonly done1h: number;
            }[];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: never;
    pathItems: never;
}
export type ActivatedModel = components['schemas']['ActivatedModel'];
export type Activation = components['schemas']['Activation'];
export type ActiveModel = components['schemas']['ActiveModel'];
export type AlertChange = components['schemas']['AlertChange'];
export type ArrivalCount = components['schemas']['ArrivalCount'];
export type AuditLine = components['schemas']['AuditLine'];
export type AuditPage = components['schemas']['AuditPage'];
export type Backfill = components['schemas']['Backfill'];
export type BackfillList = components['schemas']['BackfillList'];
export type BackfillMatch = components['schemas']['BackfillMatch'];
export type BackfillQuery = components['schemas']['BackfillQuery'];
export type BackfillRequest = components['schemas']['BackfillRequest'];
export type CancelledStudy = components['schemas']['CancelledStudy'];
export type ChangedWebhook = components['schemas']['ChangedWebhook'];
export type Channel = components['schemas']['Channel'];
export type ChannelList = components['schemas']['ChannelList'];
export type ChannelName = components['schemas']['ChannelName'];
export type CurrentStudy = components['schemas']['CurrentStudy'];
export type Delivery = components['schemas']['Delivery'];
export type DeliveryList = components['schemas']['DeliveryList'];
export type Discarded = components['schemas']['Discarded'];
export type DiscardedStudy = components['schemas']['DiscardedStudy'];
export type DoctorReport = components['schemas']['DoctorReport'];
export type DrainRequest = components['schemas']['DrainRequest'];
export type DrainResult = components['schemas']['DrainResult'];
export type EmptyRequest = components['schemas']['EmptyRequest'];
export type ErrorCode = components['schemas']['ErrorCode'];
export type ExplainRequest = components['schemas']['ExplainRequest'];
export type Explanation = components['schemas']['Explanation'];
export type Failure = components['schemas']['Failure'];
export type Finding = components['schemas']['Finding'];
export type Latency = components['schemas']['Latency'];
export type LatencyOfHour = components['schemas']['LatencyOfHour'];
export type Model = components['schemas']['Model'];
export type ModelList = components['schemas']['ModelList'];
export type ModelProblem = components['schemas']['ModelProblem'];
export type NewWebhook = components['schemas']['NewWebhook'];
export type Outcome = components['schemas']['Outcome'];
export type OutcomeCount = components['schemas']['OutcomeCount'];
export type Priority = components['schemas']['Priority'];
export type Problem = components['schemas']['Problem'];
export type QuarantinePage = components['schemas']['QuarantinePage'];
export type QuarantinedStudy = components['schemas']['QuarantinedStudy'];
export type QueueCounts = components['schemas']['QueueCounts'];
export type QueuePaused = components['schemas']['QueuePaused'];
export type QueueSnapshot = components['schemas']['QueueSnapshot'];
export type QueueState = components['schemas']['QueueState'];
export type ReplayAllRequest = components['schemas']['ReplayAllRequest'];
export type ReplayRequest = components['schemas']['ReplayRequest'];
export type ReplayStarted = components['schemas']['ReplayStarted'];
export type ReprocessRequest = components['schemas']['ReprocessRequest'];
export type ResultQuality = components['schemas']['ResultQuality'];
export type Role = components['schemas']['Role'];
export type RoutingRequest = components['schemas']['RoutingRequest'];
export type RoutingRules = components['schemas']['RoutingRules'];
export type RoutingVersion = components['schemas']['RoutingVersion'];
export type RoutingVersionPage = components['schemas']['RoutingVersionPage'];
export type RoutingVersionSummary = components['schemas']['RoutingVersionSummary'];
export type RuleCondition = components['schemas']['RuleCondition'];
export type RuleProblem = components['schemas']['RuleProblem'];
export type RulesCheck = components['schemas']['RulesCheck'];
export type RulesCheckRequest = components['schemas']['RulesCheckRequest'];
export type RulesText = components['schemas']['RulesText'];
export type RunQueued = components['schemas']['RunQueued'];
export type SelfTest = components['schemas']['SelfTest'];
export type SelfTestStarted = components['schemas']['SelfTestStarted'];
export type SelfTestStep = components['schemas']['SelfTestStep'];
export type Session = components['schemas']['Session'];
export type Setting = components['schemas']['Setting'];
export type SettingsInUse = components['schemas']['SettingsInUse'];
export type ShadowAgreement = components['schemas']['ShadowAgreement'];
export type ShadowComparison = components['schemas']['ShadowComparison'];
export type ShadowRequest = components['schemas']['ShadowRequest'];
export type SignInRequest = components['schemas']['SignInRequest'];
export type SignedIn = components['schemas']['SignedIn'];
export type Stats = components['schemas']['Stats'];
export type StreamedEvents = components['schemas']['StreamedEvents'];
export type Study = components['schemas']['Study'];
export type StudyChange = components['schemas']['StudyChange'];
export type StudyEvent = components['schemas']['StudyEvent'];
export type StudyJob = components['schemas']['StudyJob'];
export type StudyPage = components['schemas']['StudyPage'];
export type StudyState = components['schemas']['StudyState'];
export type StudySummary = components['schemas']['StudySummary'];
export type StudyUnit = components['schemas']['StudyUnit'];
export type TestQueued = components['schemas']['TestQueued'];
export type UnitExplanation = components['schemas']['UnitExplanation'];
export type Usage = components['schemas']['Usage'];
export type UsageDay = components['schemas']['UsageDay'];
export type Verification = components['schemas']['Verification'];
export type VerificationCheck = components['schemas']['VerificationCheck'];
export type Webhook = components['schemas']['Webhook'];
export type WebhookEvent = components['schemas']['WebhookEvent'];
export type WebhookList = components['schemas']['WebhookList'];
export type Worker = components['schemas']['Worker'];
export type WorkerList = components['schemas']['WorkerList'];
export type WorkersSnapshot = components['schemas']['WorkersSnapshot'];
export type $defs = Record<string, never>;
export interface operations {
    readonly listStudies: {
        readonly parameters: {
            readonly query?: {
                readonly outcome?: components["schemas"]["Outcome"];
                readonly state?: components["schemas"]["StudyState"];
                /** @description has a display unit of this modality */
                readonly channel?: components["schemas"]["ChannelName"];
                /** @description last changed at or after */
                readonly from?: string;
                /** @description last changed at or before */
                readonly to?: string;
                /** @description its lowest routing score is at least */
                readonly minScore?: number;
                /** @description its lowest routing score is at most: finds doubtful ones */
                readonly maxScore?: number;
                /** @description items of a page */
                readonly limit?: number;
                /** @description `next` of the page before */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of studies */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["StudyPage"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly showStudy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description StudyInstanceUID */
                readonly uid: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The study */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Study"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description LEDGER_UNREADABLE */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly reprocessStudy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                /** @description StudyInstanceUID */
                readonly uid: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["ReprocessRequest"];
            };
        };
        readonly responses: {
            /** @description It is in the queue */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunQueued"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ARCHIVE_UNREACHABLE, ARCHIVE_REFUSED, ARCHIVE_DENIED, ARCHIVE_BAD_ANSWER */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly cancelStudy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                /** @description StudyInstanceUID */
                readonly uid: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["EmptyRequest"];
            };
        };
        readonly responses: {
            /** @description It waits no more */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["CancelledStudy"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description LEDGER_UNREADABLE */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly previewStudy: {
        readonly parameters: {
            readonly query?: {
                /** @description display unit: its position in `units` of the study */
                readonly unit?: number;
                /** @description over all frames of the unit, from 1 */
                readonly frame?: number;
                /** @description pixels; a smaller source is not enlarged */
                readonly width?: number;
                /** @description whether the outline of the mask is drawn */
                readonly overlay?: "outline" | "none";
            };
            readonly header?: never;
            readonly path: {
                /** @description StudyInstanceUID */
                readonly uid: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The picture */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "image/png": unknown;
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND, NO_PREVIEW */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description LEDGER_UNREADABLE */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ARCHIVE_UNREACHABLE, ARCHIVE_REFUSED, ARCHIVE_DENIED, ARCHIVE_BAD_ANSWER */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listBackfills: {
        readonly parameters: {
            readonly query?: {
                /** @description items of a page */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Backfills */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BackfillList"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly startBackfill: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["BackfillRequest"];
            };
        };
        readonly responses: {
            /** @description Dry run */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["BackfillMatch"];
                };
            };
            /** @description Started */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Backfill"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ARCHIVE_UNREACHABLE, ARCHIVE_REFUSED, ARCHIVE_DENIED, ARCHIVE_BAD_ANSWER */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly showBackfill: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The backfill */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Backfill"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly cancelBackfill: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description As it was left */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Backfill"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listQuarantine: {
        readonly parameters: {
            readonly query?: {
                /** @description items of a page */
                readonly limit?: number;
                /** @description `next` of the page before */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description A page of studies */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QuarantinePage"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly replayQuarantine: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["ReplayAllRequest"];
            };
        };
        readonly responses: {
            /** @description Started */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ReplayStarted"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly replayQuarantined: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                /** @description StudyInstanceUID */
                readonly uid: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: {
            readonly content: {
                readonly "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        readonly responses: {
            /** @description It is in the queue */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RunQueued"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description LEDGER_UNREADABLE */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly discardQuarantined: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description StudyInstanceUID */
                readonly uid: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Taken off */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DiscardedStudy"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description LEDGER_UNREADABLE */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly showStats: {
        readonly parameters: {
            readonly query?: {
                readonly hours?: number;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Statistics */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Stats"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly showUsage: {
        readonly parameters: {
            readonly query?: {
                /** @description first day, UTC */
                readonly from?: string;
                /** @description last day, UTC */
                readonly to?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Days, oldest first */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Usage"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly showQueue: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description the queue now */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QueueState"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly pauseQueue: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description paused */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QueuePaused"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly resumeQueue: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description not paused */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["QueuePaused"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly drainQueue: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["DrainRequest"];
            };
        };
        readonly responses: {
            /** @description done */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DrainResult"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listWorkers: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description all workers */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WorkerList"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listModels: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The models */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ModelList"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly verifyModel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                /** @description `id` of GET /models */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What was found; `ok` says whether it can be activated */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Verification"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, NO_WORKER */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WORKER_TIMEOUT */
            readonly 504: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly activateModel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                /** @description `id` of GET /models */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The model that every worker takes up before its next study */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ActivatedModel"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MODEL_REFUSED */
            readonly 422: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, NO_WORKER */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WORKER_TIMEOUT */
            readonly 504: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly rollBackModel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The model that every worker takes up before its next study */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ActivatedModel"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly showShadowModel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The shadow model and its agreement so far */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ShadowComparison"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly setShadowModel: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ShadowRequest"];
            };
        };
        readonly responses: {
            /** @description The shadow model and its agreement so far */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ShadowComparison"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listChannels: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The channels, in the file’s order */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["ChannelList"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly showRouting: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The newest version; its number is the ETag */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RoutingVersion"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFIG_INVALID */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly putRouting: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                readonly "If-Match": string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RoutingRequest"];
            };
        };
        readonly responses: {
            /** @description The new version */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RoutingVersion"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRECONDITION_FAILED */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRECONDITION_REQUIRED */
            readonly 428: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly validateRouting: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["RulesCheckRequest"];
            };
        };
        readonly responses: {
            /** @description What is wrong with them, if anything */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RulesCheck"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listRoutingVersions: {
        readonly parameters: {
            readonly query?: {
                /** @description items of a page */
                readonly limit?: number;
                /** @description `next` of the page before */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The versions */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RoutingVersionPage"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly showRoutingVersion: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly version: number;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description The version */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["RoutingVersion"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFIG_INVALID */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly explainStudy: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ExplainRequest"];
            };
        };
        readonly responses: {
            /** @description The decisions */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description STUDY_EMPTY */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MODEL_INVALID, ENGINE_CRASHED, ENGINE_TIMEOUT */
            readonly 500: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ARCHIVE_UNREACHABLE, ARCHIVE_REFUSED, ARCHIVE_DENIED, ARCHIVE_BAD_ANSWER */
            readonly 502: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, NO_WORKER */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WORKER_TIMEOUT */
            readonly 504: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly runDoctor: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description What was found */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DoctorReport"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly startSelfTest: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description It has begun */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SelfTestStarted"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly getSelfTest: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                /** @description as POST /doctor/self-test answered */
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description Steps with their times */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SelfTest"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly streamEvents: {
        readonly parameters: {
            readonly query?: {
                /** @description only what happens to this StudyInstanceUID */
                readonly study?: string;
                /** @description id of the last event received, for clients that cannot send the header Last-Event-ID */
                readonly lastEventId?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description a stream without end */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "text/event-stream": components["schemas"]["StreamedEvents"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listWebhooks: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description all webhooks */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly addWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["NewWebhook"];
            };
        };
        readonly responses: {
            /** @description added */
            readonly 201: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly showWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description the webhook; its ETag is needed to change it */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly changeWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header: {
                readonly "If-Match": string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["ChangedWebhook"];
            };
        };
        readonly responses: {
            /** @description changed */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRECONDITION_FAILED */
            readonly 412: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRECONDITION_REQUIRED */
            readonly 428: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly removeWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description removed */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly testWebhook: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: {
                readonly "Idempotency-Key"?: string;
            };
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description queued */
            readonly 202: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["TestQueued"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listDeliveries: {
        readonly parameters: {
            readonly query?: {
                /** @description at most so many */
                readonly limit?: number;
            };
            readonly header?: never;
            readonly path: {
                readonly id: string;
            };
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description deliveries */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["DeliveryList"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            readonly 404: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly showSettings: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description settings by section and key */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SettingsInUse"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly listAudit: {
        readonly parameters: {
            readonly query?: {
                /** @description not earlier than this */
                readonly from?: string;
                /** @description not later than this */
                readonly to?: string;
                readonly actor?: string;
                /** @description operationId, e.g. reprocessStudy */
                readonly operation?: string;
                readonly limit?: number;
                /** @description `next` of the page before */
                readonly cursor?: string;
            };
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description one page */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly showSession: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description role and name, or null for nobody */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["Session"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly signIn: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody: {
            readonly content: {
                readonly "application/json": components["schemas"]["SignInRequest"];
            };
        };
        readonly responses: {
            /** @description signed in */
            readonly 200: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            readonly 409: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            readonly 429: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    readonly signOut: {
        readonly parameters: {
            readonly query?: never;
            readonly header?: never;
            readonly path?: never;
            readonly cookie?: never;
        };
        readonly requestBody?: never;
        readonly responses: {
            /** @description the session has ended; also when there was none */
            readonly 204: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content?: never;
            };
            /** @description INVALID_REQUEST */
            readonly 400: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            readonly 401: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            readonly 403: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE */
            readonly 503: {
                headers: {
                    readonly [name: string]: unknown;
                };
                content: {
                    readonly "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
