// Written by `npm run generate` from docs/openapi.json. Change the schemas in src/admin instead.
export interface paths {
    "/studies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Studies, last changed first
         * @description All filters must hold. A page may be shorter than `limit` and yet have a `next`: where a filter matches little, a page ends after some thousand studies looked at. Accession number, patient ID, description, station and study date are asked of the archive by QIDO-RS and kept nowhere; the order is then the archive’s.
         *
         *     Scope: admin:read.
         */
        get: operations["listStudies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/refused-studies": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Studies whose StudyInstanceUID is none, last signalled first
         * @description They are in the archive and cannot be processed, and no other list holds them. At most a thousand, of the last thirty days.
         *
         *     Scope: admin:read.
         */
        get: operations["listRefusedStudies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/studies.csv": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The list of studies as CSV
         * @description The filters of the list; 5000 rows at most. Cells that a spreadsheet would take for a formula begin with an apostrophe.
         *
         *     Scope: admin:read.
         */
        get: operations["exportStudies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/study-descriptions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What studies are: modality, date, description, station
         * @description One QIDO-RS request to the archive for all of them; nothing of the answer is kept. Operators and administrators also get accession number and patient ID.
         *
         *     Scope: admin:read.
         */
        get: operations["describeStudies"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/studies/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One study with its timeline
         * @description Shows why a study has the result it has: every event, the evidence of routing, every try.
         *
         *     Scope: admin:read.
         */
        get: operations["showStudy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/studies/{uid}/reprocess": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Run a study again although nothing changed
         * @description A result that comes out the same is not stored again; one that differs supersedes the old.
         *
         *     Scope: admin:operate.
         */
        post: operations["reprocessStudy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/studies/{uid}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take a study out of the queue, or stop its run
         * @description A study that never ran becomes `cancelled`, another one keeps its last result. A new instance of it brings it back. One that runs stops before its next frame: results that are stored by then stay, and it ends as `failed` with CANCELLED, or keeps the outcome that it had. One that is done: 409.
         *
         *     Scope: admin:operate.
         */
        post: operations["cancelStudy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/studies/{uid}/preview": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * A frame with the outline of its mask
         * @description Made of what the archive holds; a SEG is kept in memory for two minutes, so that all frames of a study cost one reading of it. A frame without mask is shown plain.
         *
         *     Scope: admin:read.
         */
        get: operations["previewStudy"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backfills": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Backfills of the last weeks, newest first
         * @description Scope: admin:read.
         */
        get: operations["listBackfills"];
        put?: never;
        /**
         * Run many studies again, slowly
         * @description The list of studies is made once, when it is asked for; they are then put into the queue so many a minute, also over a restart.
         *
         *     Scope: admin:operate.
         */
        post: operations["startBackfill"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/backfills/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How far a backfill has come
         * @description Scope: admin:read.
         */
        get: operations["showBackfill"];
        put?: never;
        post?: never;
        /**
         * Queue no more studies of a backfill
         * @description What is in the queue already stays there.
         *
         *     Scope: admin:operate.
         */
        delete: operations["cancelBackfill"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarantine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Studies that failed for good, last failed first
         * @description Scope: admin:read.
         */
        get: operations["listQuarantine"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarantine/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try all failed studies again
         * @description As a backfill, so that what failed for a common reason does not fail all at once again.
         *
         *     Scope: admin:operate.
         */
        post: operations["replayQuarantine"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarantine/{uid}/replay": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a failed study again
         * @description Scope: admin:operate.
         */
        post: operations["replayQuarantined"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/quarantine/{uid}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Take a failed study off this list without a result
         * @description It stays in the list of studies as failed, with who took it off. A new instance brings it back.
         *
         *     Scope: admin:operate.
         */
        delete: operations["discardQuarantined"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How the chain stands, part by part
         * @description Cheap: for a light on a page that is left open. Each part has a second and a half; the answer is at most two seconds old. For the whole examination see `/doctor`.
         *
         *     Scope: admin:read.
         */
        get: operations["showHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/stats": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Latency, outcomes and arrivals of the last hours
         * @description Latency is from arrival to result. It leaves out runs that somebody asked for: they do not begin with an arrival.
         *
         *     Scope: admin:read.
         */
        get: operations["showStats"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/usage": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was done, by day
         * @description At most 400 days at once; the last 30 when none are named. Kept for three years.
         *
         *     Scope: admin:read.
         */
        get: operations["showUsage"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/drift": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Results by device, channel and week
         * @description Outcomes, out-of-distribution pictures, predicted Dice and area. A picture counts once, when it arrives: not when it is run again, nor when somebody asks for an old study. Kept for 54 weeks; at most 200 series.
         *
         *     Scope: admin:read.
         */
        get: operations["showDrift"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How much waits and whether it is taken
         * @description Scope: admin:read.
         */
        get: operations["showQueue"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/pause": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Stop taking studies
         * @description Running ones are finished; arriving ones are queued. Lasts until resumed, also over restarts.
         *
         *     Scope: admin:operate.
         */
        post: operations["pauseQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/resume": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take studies again
         * @description Scope: admin:operate.
         */
        post: operations["resumeQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/queue/drain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take everything that waits out of the queue
         * @description Studies that wait, also for off-peak hours or their next try, become cancelled; running ones are finished. Nothing is deleted: each can be reprocessed. With dryRun nothing is changed.
         *
         *     Scope: admin:operate.
         */
        post: operations["drainQueue"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/workers": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Workers, what they run on and what they do
         * @description The longest running first. A worker that was stopped is gone at once; one that died is shown for an hour with alive = false.
         *
         *     Scope: admin:read.
         */
        get: operations["listWorkers"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The models that lie ready, and which of them is active
         * @description Every manifest.json below model.directory is a model.
         *
         *     Scope: admin:read.
         */
        get: operations["listModels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Try a model on a worker
         * @description Its files against the manifest, loading, one run of every channel, and the golden masks where they lie beside it. Takes half a minute; nothing is activated.
         *
         *     Scope: admin:*.
         */
        post: operations["verifyModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/{id}/activate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a model the active one
         * @description A worker tries it first; one that does not pass is refused and nothing changes. Running studies finish with the former model. Studies that are done keep their results until they are processed again: then those of the former model are superseded.
         *
         *     Scope: admin:*.
         */
        post: operations["activateModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/rollback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Take back the latest activation
         * @description At once and without a trial: the model before was active already.
         *
         *     Scope: admin:*.
         */
        post: operations["rollBackModel"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/models/shadow": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The second model that runs beside the active one, and how they agree
         * @description Of units with more than 16 frames 16 are compared, spread evenly.
         *
         *     Scope: admin:read.
         */
        get: operations["showShadowModel"];
        /**
         * Run a second model beside the active one, or end that
         * @description It sees every study after its result is stored, stores nothing, and whatever it does the study does not notice. It takes a second engine of memory on every worker (engine.memoryMegabytes).
         *
         *     Scope: admin:*.
         */
        put: operations["setShadowModel"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/channels": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The channels that the modalities file describes
         * @description Which of them can be used is the model’s to say: see `modalities` of GET /models.
         *
         *     Scope: admin:read.
         */
        get: operations["listChannels"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/routing": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The routing rules in force
         * @description Scope: admin:read.
         */
        get: operations["showRouting"];
        /**
         * Put routing rules in force
         * @description Kept as a new version. Every worker uses it from its next study on; studies that are done are not run again by themselves: reprocess them, or start a backfill. Where the channel stays the same, nothing new is stored.
         *
         *     Scope: admin:*.
         */
        put: operations["putRouting"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/routing/validate": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check rules without keeping them
         * @description Scope: admin:operate.
         */
        post: operations["validateRouting"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/routing/versions": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Every version of the routing rules, newest first
         * @description Scope: admin:read.
         */
        get: operations["listRoutingVersions"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/routing/versions/{version}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One version of the routing rules
         * @description To go back to it, put its `text` again: that makes a new version.
         *
         *     Scope: admin:read.
         */
        get: operations["showRoutingVersion"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/routing/explain": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * What would happen to a study, and why, without doing it
         * @description A worker reads the study from the archive and decides every unit by header and picture, with the rules in force or those given. Nothing is stored, and the study does not notice.
         *
         *     Scope: admin:operate.
         */
        post: operations["explainStudy"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctor": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Checks archive, Redis, model, workers, machine and viewer
         * @description Each finding names the setting to change. Answers 200 whatever is found: see `ok`. Takes a few seconds; who asks within five seconds gets the same report. Nothing is stored in the archive: the command line does that.
         *
         *     Scope: admin:read.
         */
        get: operations["runDoctor"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctor/self-test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Sends a synthetic study through the whole chain and removes it again
         * @description One at a time. Where the archive cannot delete, the study stays and the result says so.
         *
         *     Scope: admin:operate.
         */
        post: operations["startSelfTest"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/doctor/self-test/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * How a self-test goes, step by step
         * @description Kept for a week.
         *
         *     Scope: admin:read.
         */
        get: operations["getSelfTest"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
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
         *     Scope: admin:read.
         */
        get: operations["streamEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is told of events
         * @description Scope: admin:*.
         */
        get: operations["listWebhooks"];
        put?: never;
        /**
         * Tell somebody of events
         * @description Events: `study.done`, `study.failed`, `alert`. Deliveries are POSTs of JSON, signed as Standard Webhooks has it; see docs/observability.md for how to check that.
         *
         *     Scope: admin:*.
         */
        post: operations["addWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * One webhook
         * @description Scope: admin:*.
         */
        get: operations["showWebhook"];
        /**
         * Change a webhook
         * @description Scope: admin:*.
         */
        put: operations["changeWebhook"];
        post?: never;
        /**
         * Remove a webhook and its log
         * @description Deliveries that still wait are not made.
         *
         *     Scope: admin:*.
         */
        delete: operations["removeWebhook"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a delivery of the type `test`
         * @description Once, also when the webhook is not active. What became of it is in its deliveries.
         *
         *     Scope: admin:*.
         */
        post: operations["testWebhook"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/{id}/deliveries": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What became of the last deliveries
         * @description The newest first; the last 100 are kept.
         *
         *     Scope: admin:*.
         */
        get: operations["listDeliveries"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * API keys, those that have ended included
         * @description Keys are listed for a year after their end.
         *
         *     Scope: admin:*.
         */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Make an API key
         * @description The caller must have every scope of the role. The secret is not shown again.
         *
         *     Scope: admin:*.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}/expire": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set when an API key expires
         * @description For a change of keys: make a new one, let the old one end in a day.
         *
         *     Scope: admin:*.
         */
        post: operations["expireApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/api-keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Revoke an API key
         * @description It ends at once, and with it the sessions opened with it. It stays in the list.
         *
         *     Scope: admin:*.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/settings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * The settings in use and where each comes from
         * @description Of this gateway, as read when it started; a worker's may differ. Read-only.
         *
         *     Scope: admin:*.
         */
        get: operations["showSettings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * What was changed, or read, by whom
         * @description Every POST, PUT and DELETE of a known caller, refused ones included, newest first; with `kind=accesses` who read, searched and stored (each once in audit.repeatSeconds), and what known callers were refused. The oldest are dropped when there are more than audit.keep, of accesses audit.keepAccesses.
         *
         *     Scope: admin:*.
         */
        get: operations["listAudit"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Who is signed in
         * @description Scope: none.
         */
        get: operations["showSession"];
        put?: never;
        /**
         * Sign in
         * @description Sets the cookie `esp_session` for 12 hours. Changes by a session need the header `x-requested-with: esp-console`. Ten failed tries a minute and address, of an API key a minute and key.
         *
         *     Scope: none.
         */
        post: operations["signIn"];
        /**
         * Sign out
         * @description Scope: none.
         */
        delete: operations["signOut"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/oidc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Sign in at the OpenID Connect issuer
         * @description For browsers: leads to the page of the issuer, which leads back.
         *
         *     Scope: none.
         */
        get: operations["beginOidcSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/session/callback": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Where the issuer leads back to
         * @description Sets the cookie `esp_session` and opens the page that was asked for. Only for the browser that began.
         *
         *     Scope: none.
         */
        get: operations["finishOidcSignIn"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export type webhooks = Record<string, never>;
export interface components {
    schemas: {
        ActivatedModel: {
            id: string;
            version: string;
            sha256: string;
        };
        Activation: {
            id: string;
            at: string;
            actor: string;
            /** @enum {string} */
            action: "activated" | "rolled-back";
        };
        /** @description what the workers take up before their next study */
        ActiveModel: {
            id: string | null;
            /** @description null for the configured model */
            at: string | null;
            actor: string | null;
            /** @description false when its files are gone: the workers keep what they have */
            present: boolean;
        };
        AlertChange: {
            /** @enum {string} */
            alert: "feed-silent" | "drift";
            /** @enum {string} */
            state: "raised" | "cleared";
            message: string;
        };
        /** @description an API key without its secret */
        ApiKey: {
            /** @description also the first part of the key itself */
            id: string;
            /** @description who or what uses it */
            name: string;
            /** @description role of the settings */
            role: string;
            /** Format: date-time */
            createdAt: string;
            /** @description as in the audit log */
            createdBy: string;
            /** @description null for never */
            expiresAt: string | null;
            revokedAt: string | null;
            revokedBy: string | null;
            /** @description to the minute; null for never */
            lastUsedAt: string | null;
        };
        ApiKeyExpiry: {
            /**
             * Format: date-time
             * @description may lie in the past
             */
            expiresAt: string;
        };
        /** @description newest first */
        ApiKeys: {
            items: components["schemas"]["ApiKey"][];
        };
        ArrivalCount: {
            /**
             * Format: date-time
             * @description begin of the hour, UTC
             */
            at: string;
            n: number;
        };
        AuditLine: {
            /** Format: date-time */
            at: string;
            /** @description credential or session of the caller; never a secret */
            actor: string;
            /** @description roles of the caller, with + between them; empty for nobody */
            role: string;
            /** @description operationId of the endpoint; of DICOMweb what was done */
            operation: string;
            /** @description path parameters of the call; of an access the study, or the search without values */
            target: {
                [key: string]: string;
            };
            /** @description HTTP status of the answer */
            status: number;
            /** @description where the request came from; lines of before 0.2 lack it */
            address?: string;
            /** @description of accesses: the audit message of PS3.15 A.5.3 */
            event?: string;
            /** @description the x-request-id of the answer and of the log lines */
            requestId: string;
        };
        AuditPage: {
            items: components["schemas"]["AuditLine"][];
            /** @description cursor of the next page, when there may be one */
            next?: string;
        };
        Backfill: {
            id: string;
            /**
             * @description `done`: all are in the queue, not yet processed
             * @enum {string}
             */
            state: "running" | "done" | "cancelled";
            /** @description studies to be queued */
            total: number;
            /** @description studies queued so far */
            done: number;
            perMinute: number;
            priority: components["schemas"]["Priority"];
            /** @description who started it */
            actor: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            endedAt?: string;
        };
        BackfillList: {
            items: components["schemas"]["Backfill"][];
        };
        /** @description what a backfill would take */
        BackfillMatch: {
            matched: number;
            /** @description StudyInstanceUIDs of the first ones */
            sample: string[];
        };
        /** @description which studies are taken */
        BackfillQuery: {
            /** @enum {string} */
            outcome?: "segmented" | "empty" | "unsupported" | "failed" | "superseded";
            channel?: string;
            /**
             * Format: date-time
             * @description last changed at or after
             */
            from?: string;
            /**
             * Format: date-time
             * @description last changed at or before
             */
            to?: string;
        } | {
            studies: string[];
        } | {
            archive: {
                /** Format: date */
                from: string;
                /** Format: date */
                to: string;
            };
        };
        BackfillRequest: {
            query: components["schemas"]["BackfillQuery"];
            /**
             * @description only tell what would be taken
             * @default false
             */
            dryRun?: boolean;
            /**
             * @description studies queued a minute
             * @default 60
             */
            perMinute?: number;
            /** @default offpeak */
            priority?: components["schemas"]["Priority"];
        };
        CancelledStudy: {
            /**
             * @description what it was waiting in; `running`: it stops before its next frame
             * @enum {string}
             */
            cancelled: "quiet" | "queued" | "running";
        };
        ChangedWebhook: {
            /**
             * Format: uri
             * @description http or https, in a network that webhooks.networks lets us reach; who receives decides by the signature, not by credentials in the URL
             */
            url: string;
            events: components["schemas"]["WebhookEvent"][];
            active: boolean;
            /** @description a new one; without it the present one stays */
            secret?: string;
        };
        Channel: {
            name: components["schemas"]["ChannelName"];
            /** @description the kind of picture, as people call it */
            title: string;
            /** @description what is segmented: the label of its SEGs */
            segment: string;
            /** @description `#rrggbb`, as its masks have in the viewers */
            color: string;
        };
        ChannelList: {
            items: components["schemas"]["Channel"][];
        };
        /** @description a modality as the manifest of a model names it, such as `xray` */
        ChannelName: string;
        CreatedApiKey: {
            key: components["schemas"]["ApiKey"];
            /** @description the key itself: shown this once, kept as a hash only */
            secret: string;
        };
        /** @description what a worker is busy with */
        CurrentStudy: {
            studyInstanceUid: string;
            correlationId: string;
            /** Format: date-time */
            since: string;
        };
        Delivery: {
            /** @description sent as `webhook-id`; the same for every try */
            id: string;
            event: string;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
            /**
             * @description retrying: another try follows
             * @enum {string}
             */
            state: "waiting" | "retrying" | "delivered" | "failed";
            /** @description tries so far */
            attempts: number;
            /** @description HTTP status of the last answer */
            status?: number;
            /** @description why the last try did not count */
            error?: string;
            /** @description until the last answer */
            milliseconds?: number;
        };
        DeliveryList: {
            items: components["schemas"]["Delivery"][];
        };
        Device: {
            /** @description ManufacturerModelName; empty where the header is silent */
            model: string;
            /** @description StationName; likewise */
            station: string;
        };
        /** @description taken off the quarantine list */
        Discarded: {
            /** Format: date-time */
            at: string;
            actor: string;
        };
        DiscardedStudy: {
            studyInstanceUid: string;
            discarded: components["schemas"]["Discarded"];
        };
        DoctorReport: {
            /** @description true when no check failed */
            ok: boolean;
            /** Format: date-time */
            at: string;
            checks: components["schemas"]["Finding"][];
        };
        DrainRequest: {
            /** @description true: only tell how many would be taken out */
            dryRun: boolean;
        };
        DrainResult: {
            dryRun: boolean;
            studies: number;
        };
        Drift: {
            /** @description all weeks asked for, oldest first */
            weeks: string[];
            /** @description what the alert rule found last */
            findings: components["schemas"]["DriftFinding"][];
            /** @description those with the most display units first */
            series: components["schemas"]["DriftSeries"][];
            rule: components["schemas"]["DriftRule"];
        };
        DriftFinding: {
            device: components["schemas"]["Device"] | null;
            /** @description null: all channels of the device together */
            channel: components["schemas"]["ChannelName"] | null;
            measure: components["schemas"]["DriftMeasure"];
            /** @description share or mean of the weeks before, 0–1 */
            before: number;
            /** @description the same of the last two weeks */
            now: number;
            /** @description display units that `now` is made of */
            units: number;
        };
        /**
         * @description what of the results of a device can drift
         * @enum {string}
         */
        DriftMeasure: "failed" | "unsupported" | "outOfDistribution" | "empty" | "predictedDice" | "area";
        /** @description the settings alerts.drift… */
        DriftRule: {
            /** @description display units that both times must have; 0: the rule is off */
            minimum: number;
            baselineWeeks: number;
            share: number;
            dice: number;
            area: number;
        };
        DriftSeries: {
            /** @description null: the devices above the 200 of a week, taken together */
            device: components["schemas"]["Device"] | null;
            /** @description null where no modality was found */
            channel: components["schemas"]["ChannelName"] | null;
            /** @description those with a display unit, oldest first */
            weeks: components["schemas"]["DriftWeek"][];
        };
        DriftWeek: {
            /**
             * Format: date
             * @description its Monday, UTC
             */
            week: string;
            /** @description display units whose picture was new */
            units: number;
            segmented: number;
            empty: number;
            unsupported: number;
            failed: number;
            needsReview: number;
            /** @description that the modality classifier looked at */
            classified: number;
            /** @description of those, the ones that it knows nothing like */
            outOfDistribution: number;
            /** @description mean, 0–1; absent where none was estimated */
            predictedDice?: number;
            /** @description mean share 0–1 of the picture that is foreground; absent without any */
            area?: number;
        };
        /** @description no field is known */
        EmptyRequest: Record<string, never>;
        /**
         * @description code of the catalogue of errors
         * @enum {string}
         */
        ErrorCode: "INVALID_UID" | "INVALID_REQUEST" | "NOT_FOUND" | "NO_PREVIEW" | "UNAUTHORIZED" | "FORBIDDEN" | "ISSUER_UNREACHABLE" | "CONFLICT" | "METHOD_NOT_ALLOWED" | "MEDIA_TYPE_UNSUPPORTED" | "STOW_INVALID" | "NESTED_TOO_DEEP" | "UPLOAD_TOO_SLOW" | "UPLOAD_TOO_LARGE" | "GATEWAY_BUSY" | "TOO_MANY" | "PRECONDITION_FAILED" | "PRECONDITION_REQUIRED" | "CONFIG_INVALID" | "ARCHIVE_UNREACHABLE" | "ARCHIVE_REFUSED" | "ARCHIVE_DENIED" | "ARCHIVE_BAD_ANSWER" | "STORE_FAILED" | "STORE_NOTHING" | "STORE_UNVERIFIED" | "STORE_CONFLICT" | "SOURCES_GONE" | "SOURCES_CHANGED" | "SEVERAL_PATIENTS" | "STUDY_EMPTY" | "SYNTAX_UNSUPPORTED" | "PIXELS_INVALID" | "BUDGET_EXCEEDED" | "CANCELLED" | "PIXELS_UNSUPPORTED" | "MODEL_INVALID" | "MODEL_BROKEN" | "MODEL_REFUSED" | "NO_WORKER" | "WORKER_TIMEOUT" | "ENGINE_CRASHED" | "ENGINE_TIMEOUT" | "ENGINE_OUT_OF_MEMORY" | "SEG_INVALID" | "LEDGER_UNREADABLE" | "QUEUE_UNAVAILABLE" | "QUEUE_READ_ONLY" | "QUEUE_FULL" | "QUEUE_NOT_SAVED" | "QUEUE_UNAUTHORIZED" | "QUEUE_FORBIDDEN" | "QUEUE_CLUSTER" | "QUEUE_TLS" | "INTERNAL";
        ExplainRequest: {
            studyInstanceUid: string;
            rules?: components["schemas"]["RulesText"];
        };
        Explanation: {
            studyInstanceUid: string;
            model: {
                id: string;
                version: string;
                sha256: string;
            };
            /** @description version of the routing rules; null for rules given in the request */
            rulesVersion: number | null;
            /** @description instances of the study in the archive, of every kind */
            instances: number;
            /** @description nothing that shapes the result has changed since the last run: only a forced run would do anything */
            unchanged: boolean;
            /** @description false when the study has more units than are looked at here */
            complete: boolean;
            units: components["schemas"]["UnitExplanation"][];
        };
        /** @description why a study failed */
        Failure: {
            /** @description code of the catalogue of errors */
            code: string;
            message: string;
            /** @description what to do about it */
            advice: string;
        };
        Finding: {
            /** @description stable name of the check, such as `redis.eviction` */
            id: string;
            /** @description what was checked */
            title: string;
            /**
             * @description `fail` keeps studies from being processed or kept; `skipped` could not be asked
             * @enum {string}
             */
            status: "ok" | "warn" | "fail" | "skipped";
            /** @description what was found */
            found: string;
            /** @description what to do; empty when there is nothing to do */
            advice: string;
            /** @description the setting to change: ours with its environment variable, or that of Orthanc or Redis */
            setting?: string;
            /** @description how long the check took */
            seconds: number;
        };
        Health: {
            /** @description of the worst part */
            status: components["schemas"]["HealthStatus"];
            /** Format: date-time */
            at: string;
            parts: components["schemas"]["HealthPart"][];
        };
        HealthPart: {
            /** @enum {string} */
            id: "gateway" | "redis" | "archive" | "workers" | "queue" | "arrivals" | "disk" | "model" | "drift";
            status: components["schemas"]["HealthStatus"];
            found: string;
            /** @description what to do first; empty where nothing is to be done */
            advice: string;
        };
        /**
         * @description `unknown`: what it would be asked by is away
         * @enum {string}
         */
        HealthStatus: "ok" | "warn" | "down" | "unknown";
        Latency: {
            /** @description seconds; absent without a study */
            p50?: number;
            /** @description seconds; absent without a study */
            p95?: number;
            /** @description of it, in which no worker had the study */
            waiting: components["schemas"]["LatencySpread"];
            /** @description of it, that a worker spent */
            work: components["schemas"]["LatencySpread"];
            /** @description studies */
            n: number;
        };
        LatencyOfHour: {
            /** @description seconds; absent without a study */
            p50?: number;
            /** @description seconds; absent without a study */
            p95?: number;
            /** @description of it, in which no worker had the study */
            waiting: components["schemas"]["LatencySpread"];
            /** @description of it, that a worker spent */
            work: components["schemas"]["LatencySpread"];
            /** @description studies */
            n: number;
            /**
             * Format: date-time
             * @description begin of the hour, UTC
             */
            at: string;
        };
        /** @description the middle and the slow end */
        LatencySpread: {
            /** @description seconds; absent without a study */
            p50?: number;
            /** @description seconds; absent without a study */
            p95?: number;
        };
        Model: {
            id: string;
            name: string;
            version: string;
            /** @description of the weights, as SEG objects name it */
            sha256: string;
            /** @description bytes of its files together */
            size: number;
            modalities: components["schemas"]["ChannelName"][];
            /** @description whether it can tell the modality from the picture */
            detector: boolean;
            /** @description named by model.manifest: active until another one is activated */
            configured: boolean;
            /** @enum {string} */
            state: "active" | "shadow" | "available";
            /** @description below model.directory where it lies there */
            manifestPath: string;
            verified?: components["schemas"]["Verification"];
        };
        ModelList: {
            items: components["schemas"]["Model"][];
            active: components["schemas"]["ActiveModel"];
            /** @description id that a roll-back makes active; null when there is none */
            previous: string | null;
            history: components["schemas"]["Activation"][];
            /** @description workers that cannot use the active model and keep another one */
            problems: components["schemas"]["ModelProblem"][];
            /** @description manifests that are none */
            unreadable: {
                path: string;
                reason: string;
            }[];
        };
        /** @description a worker that cannot use the active model and keeps another one */
        ModelProblem: {
            worker: string;
            id: string;
            at: string;
            code: string;
            message: string;
        };
        NewApiKey: {
            /** @description who or what uses it */
            name: string;
            /** @description role of the settings, see the section roles */
            role: string;
            /** @description null for never; without it in 365 days */
            expiresAt?: string | null;
        };
        NewWebhook: {
            /**
             * Format: uri
             * @description http or https, in a network that webhooks.networks lets us reach; who receives decides by the signature, not by credentials in the URL
             */
            url: string;
            events: components["schemas"]["WebhookEvent"][];
            /** @description signs every delivery (`whsec_` and base64, or any text); is never shown again */
            secret: string;
            /** @default true */
            active?: boolean;
        };
        /**
         * @description how a display unit or a study ended
         * @enum {string}
         */
        Outcome: "segmented" | "empty" | "unsupported" | "failed" | "superseded";
        OutcomeCount: {
            /** @description null where no modality was found */
            channel: components["schemas"]["ChannelName"] | null;
            outcome: components["schemas"]["Outcome"];
            n: number;
        };
        /**
         * @description class in the queue; `offpeak` waits for the hours of settings.queue
         * @enum {string}
         */
        Priority: "urgent" | "normal" | "offpeak";
        /** @description RFC 9457 */
        Problem: {
            type: string;
            title: components["schemas"]["ErrorCode"];
            status: number;
            detail: string;
            /** @description what to do about it */
            advice: string;
        };
        QuarantinePage: {
            total?: number;
            items: components["schemas"]["QuarantinedStudy"][];
            /** @description StudyInstanceUIDs of this page whose record cannot be read: a newer version wrote it, or half of it was restored. They count as items of the page; running them again (`POST /backfills`) writes the record anew */
            unreadable: string[];
            /** @description cursor of the next page; absent on the last one */
            next?: string;
        };
        QuarantinedStudy: {
            studyInstanceUid: string;
            error?: components["schemas"]["Failure"];
            tries: number;
            /** Format: date-time */
            failedAt: string;
            /** Format: date-time */
            arrivedAt?: string;
        };
        QueueCounts: {
            /** @description for a worker, whatever their class */
            waiting: number;
            active: number;
            /** @description for off-peak hours or for their next try */
            delayed: number;
            /** @description of the last seven days, at most 10000 */
            completed: number;
            /** @description of the last thirty days, at most 10000 */
            failed: number;
        };
        QueuePaused: {
            paused: boolean;
        };
        QueueSnapshot: {
            counts: {
                waiting: number;
                active: number;
                delayed: number;
                completed: number;
                failed: number;
            };
            paused: boolean;
        };
        QueueState: {
            counts: components["schemas"]["QueueCounts"];
            paused: boolean;
            /** @description the waiting ones by class */
            priorities: {
                urgent: number;
                normal: number;
                offpeak: number;
            };
            offpeak: {
                /** @description HH:MM of the worker's clock; empty for at any time */
                from: string;
                to: string;
                /** @description whether off-peak studies are taken now */
                open: boolean;
            };
        };
        RefusedStudies: {
            total: number;
            items: components["schemas"]["RefusedStudy"][];
        };
        RefusedStudy: {
            /** @description what stands where a UID should; at most 128 characters */
            studyInstanceUid: string;
            /** @description the signal that told of it first */
            source: string;
            /** Format: date-time */
            firstSignal: string;
            /** Format: date-time */
            lastSignal: string;
            error: components["schemas"]["Failure"];
        };
        ReplayAllRequest: {
            /**
             * @description studies queued a minute
             * @default 600
             */
            perMinute?: number;
            /** @default normal */
            priority?: components["schemas"]["Priority"];
        };
        ReplayRequest: {
            /** @default normal */
            priority?: components["schemas"]["Priority"];
        };
        ReplayStarted: {
            matched: number;
            /** @description id of the backfill: see `/backfills/{id}` */
            backfill: string;
        };
        ReprocessRequest: {
            /** @default normal */
            priority?: components["schemas"]["Priority"];
        };
        /** @description how sure a result is: of its most doubtful frame */
        ResultQuality: {
            /** @description Dice (0–1) to be expected; of an empty result the probability that nothing was overlooked */
            predicted: number;
            /** @description what the Dice reaches in nine of ten cases; 0 of an empty result */
            lower: number;
            /** @description below the limit of the channel: a person should look at it */
            review: boolean;
        };
        /**
         * @description how far a caller may administrate: admin:read, admin:operate, admin:*
         * @enum {string}
         */
        Role: "viewer" | "operator" | "admin";
        RoutingRequest: {
            rules: components["schemas"]["RulesText"];
            /**
             * @description why, for those who come later
             * @default
             */
            comment?: string;
        };
        RoutingRules: {
            /** @description the header alone decides from this score */
            strong: number;
            /** @description below this score the picture alone decides */
            weak: number;
            rules: {
                id: string;
                channel: components["schemas"]["ChannelName"];
                weight: number;
                when: components["schemas"]["RuleCondition"];
            }[];
            vetoes: {
                id: string;
                reason: string;
                when: components["schemas"]["RuleCondition"];
            }[];
        } & {
            [key: string]: unknown;
        };
        RoutingVersion: {
            /** @description 0: the file config/modalities.yaml */
            version: number;
            /** @description null for version 0 */
            at: string | null;
            actor: string | null;
            comment: string;
            /** @description YAML as it was written, to be edited and put again */
            text: string;
            /** @description the same as a value */
            rules: components["schemas"]["RoutingRules"];
        };
        RoutingVersionPage: {
            total: number;
            items: components["schemas"]["RoutingVersionSummary"][];
            /** @description cursor of the next page; absent on the last one */
            next?: string;
        };
        RoutingVersionSummary: {
            /** @description 0: the file config/modalities.yaml */
            version: number;
            /** @description null for version 0 */
            at: string | null;
            actor: string | null;
            comment: string;
        };
        /** @description what the header must say, by key; all keys must hold, one value of each */
        RuleCondition: {
            [key: string]: string[];
        };
        RuleProblem: {
            /** @description `rules.3.when.description.0` */
            path: string;
            message: string;
        };
        RulesCheck: {
            valid: boolean;
            errors: components["schemas"]["RuleProblem"][];
        };
        RulesCheckRequest: {
            rules: components["schemas"]["RulesText"];
        };
        /** @description routing rules: what stands below `routing` in config/modalities.yaml */
        RulesText: string | {
            [key: string]: unknown;
        };
        RunQueued: {
            studyInstanceUid: string;
            /** @description of the run; in every line of the logs */
            correlationId: string;
        };
        /**
         * @description what may be done with a surface
         * @enum {string}
         */
        Scope: "dicomweb:read" | "dicomweb:store" | "viewer" | "admin:read" | "admin:operate" | "admin:*" | "hook" | "metrics";
        SelfTest: {
            id: string;
            /** @enum {string} */
            state: "running" | "passed" | "failed";
            /** Format: date-time */
            startedAt: string;
            seconds: number;
            steps: components["schemas"]["SelfTestStep"][];
            /** @description the synthetic study; nobody belongs to it */
            studyInstanceUid: string;
            /** @description whether archive and ledger no longer have it; else delete the study of patient ESP-MEDSAM-DOCTOR by hand */
            removed: boolean;
        };
        SelfTestStarted: {
            /** @description to ask how it goes */
            id: string;
        };
        SelfTestStep: {
            /** @enum {string} */
            name: "make" | "store" | "arrive" | "process" | "verify" | "remove";
            title: string;
            /** @enum {string} */
            status: "waiting" | "running" | "ok" | "failed" | "skipped";
            seconds?: number;
            /** @description what was seen, or what went wrong and what to do */
            detail?: string;
        };
        /** @description who calls, and what they may do */
        Session: {
            /** @description how far the caller may administrate; null for not at all */
            role: components["schemas"]["Role"] | null;
            /** @description as in the audit log; null for nobody */
            name: string | null;
            scopes: components["schemas"]["Scope"][];
            /** @description true when people sign in at GET /session/oidc */
            oidc: boolean;
            /** @description true when no token is set, so that nobody has to sign in */
            open: boolean;
        };
        Setting: {
            /** @description of a secret only `set` or `not set`; of a URL without credentials */
            value: string | number | boolean | null;
            /**
             * @description where the value comes from: config/default.yaml, the file named by ESP_CONFIG, the environment
             * @enum {string}
             */
            origin?: "default" | "file" | "environment";
            /** @description environment variable that sets it */
            environment?: string;
            description?: string;
        };
        /** @description settings by section and key */
        SettingsInUse: {
            settings: {
                [key: string]: {
                    [key: string]: components["schemas"]["Setting"];
                };
            };
        };
        ShadowAgreement: {
            /** @description null: neither model takes it for one of its own */
            channel: components["schemas"]["ChannelName"] | null;
            studies: number;
            units: number;
            /** @description overlap of the masks, over units in which either model sees something; null without any */
            meanDice: number | null;
            /** @description share of the units that both models end alike */
            sameOutcome: number;
        };
        ShadowComparison: {
            /** @description null when there is no shadow */
            model: {
                id: string;
                /** @description null when its files are gone */
                version: string | null;
            } | null;
            /** @description id of the active model it is compared with */
            against: string | null;
            /** @description begin of the comparison: anew when either model changes */
            since: string | null;
            perChannel: components["schemas"]["ShadowAgreement"][];
            /** @description studies left out because the shadow is slower than they come */
            skipped: number;
            /** @description studies on which the shadow failed; the studies themselves did not */
            failed: number;
            lastError: string | null;
        };
        ShadowRequest: {
            /** @description null ends it */
            id: string | null;
        };
        SignInRequest: {
            /** @description a token of the settings, or an API key */
            token: string;
        };
        SignedIn: {
            role: components["schemas"]["Role"] | null;
            /** @description as in the audit log */
            name: string;
            scopes: components["schemas"]["Scope"][];
        };
        Stats: {
            latency: components["schemas"]["Latency"];
            /** @description runs with at least one display unit that ended so */
            outcomes: components["schemas"]["OutcomeCount"][];
            /** @description studies seen for the first time */
            arrivals: components["schemas"]["ArrivalCount"][];
            /** @description latency by the hour in which the result came */
            series: components["schemas"]["LatencyOfHour"][];
        };
        /** @description the JSON of `data:` by the type of the event */
        StreamedEvents: {
            study: components["schemas"]["StudyChange"];
            alert: components["schemas"]["AlertChange"];
            queue: components["schemas"]["QueueSnapshot"];
            worker: components["schemas"]["WorkersSnapshot"];
        };
        Study: {
            studyInstanceUid: string;
            state: components["schemas"]["StudyState"];
            /** @description of the last finished run */
            outcome?: components["schemas"]["Outcome"];
            /** @description modalities found */
            channels: components["schemas"]["ChannelName"][];
            /** @description lowest routing score (0–1) of its display units */
            score?: number;
            /** @description lowest predicted Dice of its display units, 0–1 */
            predictedDice?: number;
            /** @description a person should look at one of its results */
            needsReview: boolean;
            /** @description display units of the last run, then superseded ones */
            units: components["schemas"]["StudyUnit"][];
            /** @description results of ours, besides the present ones, that its last run found in the archive */
            superseded: number;
            /** @description frames segmented */
            frames: number;
            /** @description from arrival to outcome */
            seconds?: number;
            /** @description of those, what a worker spent; the others it waited */
            workSeconds?: number;
            attempts: number;
            /** @description of the last try, or of the first display unit that failed */
            error?: components["schemas"]["Failure"];
            /** @description why there is no segmentation, in one sentence */
            reason?: string;
            /** @description failed and waiting for a decision: see `/quarantine` */
            quarantined: boolean;
            /** Format: date-time */
            firstSeen: string;
            /**
             * Format: date-time
             * @description first signal of the last round
             */
            arrivedAt?: string;
            /** Format: date-time */
            updatedAt: string;
            /** @description in the archive after the last run */
            instances?: number;
            /** @description how the study is tagged in the archive */
            tag?: string;
            /** @description of what the last run saw; the same one needs no new run */
            fingerprint?: string;
            correlationId?: string;
            discarded?: components["schemas"]["Discarded"];
            /** @description the timeline, oldest first */
            events: components["schemas"]["StudyEvent"][];
            /** @description its place in the queue; absent when it has none */
            job?: components["schemas"]["StudyJob"];
            links: {
                /** @description the study in OHIF */
                viewer: string;
                /** @description a picture with the outline of the mask, one a unit, in their order */
                preview: string[];
            };
        };
        StudyChange: {
            studyInstanceUid: string;
            state: components["schemas"]["StudyState"];
            outcome?: components["schemas"]["Outcome"];
            channels: components["schemas"]["ChannelName"][];
            seconds?: number;
            correlationId?: string;
            ended: boolean;
        };
        /** @description what the archive says of a study, read when asked */
        StudyDescription: {
            studyInstanceUid: string;
            /** @description of its series, those of results apart */
            modalities: string[];
            /** @description YYYY-MM-DD */
            studyDate?: string;
            /** @description Study Description */
            description?: string;
            /** @description Station Name, where the archive tells it */
            station?: string;
            /** @description for operators and administrators only */
            accessionNumber?: string;
            /** @description for operators and administrators only */
            patientId?: string;
        };
        StudyDescriptions: {
            /** @description of those that the archive has, in its order */
            items: components["schemas"]["StudyDescription"][];
        };
        /** @description a line of the timeline of a study */
        StudyEvent: {
            /** Format: date-time */
            at: string;
            /** @description signal, queued, started, unit, retry, done, failed, reprocess, … */
            event: string;
            /** @description counts, codes, UIDs and reasons */
            detail?: {
                [key: string]: unknown;
            };
        };
        StudyJob: {
            /** @enum {string} */
            state: "waiting" | "delayed" | "active";
            attemptsMade: number;
            priority: components["schemas"]["Priority"];
        };
        StudyPage: {
            /** @description absent where it would have to be counted one by one */
            total?: number;
            items: components["schemas"]["StudySummary"][];
            /** @description StudyInstanceUIDs of this page whose record cannot be read: a newer version wrote it, or half of it was restored. They count as items of the page; running them again (`POST /backfills`) writes the record anew */
            unreadable: string[];
            /** @description StudyInstanceUIDs that the archive has found and that no signal has come of: they were stored before this software ran, or its signals do not arrive. `POST /studies/{uid}/reprocess` runs one */
            unknown: string[];
            /** @description cursor of the next page; absent on the last one */
            next?: string;
        };
        /**
         * @description what happens to a study now; `done`: its `outcome` says how it ended
         * @enum {string}
         */
        StudyState: "quiet" | "queued" | "running" | "retrying" | "done" | "cancelled";
        StudySummary: {
            studyInstanceUid: string;
            state: components["schemas"]["StudyState"];
            /** @description of the last finished run */
            outcome?: components["schemas"]["Outcome"];
            /** @description modalities found */
            channels: components["schemas"]["ChannelName"][];
            /** @description lowest routing score (0–1) of its display units */
            score?: number;
            /** @description lowest predicted Dice of its display units, 0–1 */
            predictedDice?: number;
            /** @description a person should look at one of its results */
            needsReview: boolean;
            /** @description display units */
            units: number;
            /** @description results of ours, besides the present ones, that its last run found in the archive */
            superseded: number;
            /** @description frames segmented */
            frames: number;
            /** @description from arrival to outcome */
            seconds?: number;
            /** @description of those, what a worker spent; the others it waited */
            workSeconds?: number;
            attempts: number;
            /** @description of the last try, or of the first display unit that failed */
            error?: components["schemas"]["Failure"];
            /** @description why there is no segmentation, in one sentence */
            reason?: string;
            /** @description failed and waiting for a decision: see `/quarantine` */
            quarantined: boolean;
            /** Format: date-time */
            firstSeen: string;
            /**
             * Format: date-time
             * @description first signal of the last round
             */
            arrivedAt?: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /** @description the result of one display unit */
        StudyUnit: {
            outcome: components["schemas"]["Outcome"];
            channel?: components["schemas"]["ChannelName"];
            /** @description routing score, 0–1 */
            score?: number;
            /** @description the evidence, in the order in which it was weighed */
            reasons: string[];
            /** @description of a superseded one: why it is none of the present results */
            whyLeft?: string[];
            /** @description what ended it */
            error?: components["schemas"]["Failure"];
            sourceSeriesUid: string;
            sourceInstanceUids: string[];
            segSeriesUid?: string;
            segInstanceUid?: string;
            srSeriesUid?: string;
            srInstanceUid?: string;
            /** @description with foreground / processed */
            frames?: {
                positive: number;
                total: number;
            };
            /** @description absent where the model does not tell it */
            quality?: components["schemas"]["ResultQuality"];
        };
        TestQueued: {
            deliveryId: string;
        };
        UnitExplanation: {
            seriesInstanceUid: string;
            instances: number;
            /** @description frames that would be segmented */
            frames: number;
            decision: {
                channel: string | null;
                score: number;
                /** @enum {string} */
                source: "header" | "pixels" | "header+pixels" | "none";
                reasons: string[];
            };
            /** @enum {string} */
            would: "segment" | "unsupported" | "fail";
            evidence: {
                /** @description null where the kind of the image settles it */
                header: {
                    /** @description weights of the header rules that hold, combined; channels without any left out */
                    scores: {
                        [key: string]: number;
                    };
                    /** @description one sentence for each rule that holds */
                    rules: string[];
                    /** @description id of the veto that holds */
                    veto: string | null;
                } | null;
                /** @description null where the picture was not looked at */
                pixels: {
                    best: string | "none";
                    probability: number;
                    probabilities: {
                        [key: string]: number;
                    };
                } | null;
            };
        };
        Usage: {
            items: components["schemas"]["UsageDay"][];
        };
        UsageDay: {
            /**
             * Format: date
             * @description UTC
             */
            day: string;
            /** @description runs that ended */
            studies: number;
            segmented: number;
            /** @description nothing was found */
            empty: number;
            unsupported: number;
            failed: number;
            /** @description segmented */
            frames: number;
            /** @description runs with at least one display unit of the modality */
            byChannel: {
                [key: string]: number;
            };
            /** @description spent by workers */
            seconds: number;
        };
        /** @description what a worker found when it last tried a model */
        Verification: {
            ok: boolean;
            /** Format: date-time */
            at: string;
            seconds: number;
            checks: components["schemas"]["VerificationCheck"][];
        };
        VerificationCheck: {
            /** @enum {string} */
            name: "files" | "load" | "run" | "golden";
            /** @enum {string} */
            status: "ok" | "fail" | "skipped";
            detail: string;
        };
        Webhook: {
            /** Format: uuid */
            id: string;
            url: string;
            events: components["schemas"]["WebhookEvent"][];
            active: boolean;
            /** Format: date-time */
            createdAt: string;
            /** Format: date-time */
            updatedAt: string;
        };
        /**
         * @description what a webhook is told of
         * @enum {string}
         */
        WebhookEvent: "study.done" | "study.failed" | "alert";
        WebhookList: {
            items: components["schemas"]["Webhook"][];
        };
        Worker: {
            id: string;
            host: string;
            pid: number;
            /** @description of this software */
            version: string;
            /** Format: date-time */
            startedAt: string;
            /** Format: date-time */
            seenAt: string;
            /** @description whether it was seen within the last 20 s */
            alive: boolean;
            /** @description what its engines really use: cpu, cuda or tensorrt */
            provider: string;
            /** @description of the products of its network: float32 or int8 */
            precision: string;
            /** @description whether that is the CPU, for one engine or more, because the memory of a GPU did not suffice */
            fellBack: boolean;
            model: {
                version: string;
                sha256: string;
            };
            /** @description studies at a time */
            slots: number;
            current: components["schemas"]["CurrentStudy"][];
            /** @description studies finished within the last hour */
            done1h: number;
            /** @description frames segmented a minute, over the last ten minutes */
            framesPerMinute: number;
            /** @description resident, engines included */
            memoryMegabytes: number;
            /** @description why it takes no studies; null when it does */
            problem: components["schemas"]["Failure"] | null;
        };
        WorkerList: {
            items: components["schemas"]["Worker"][];
        };
        WorkersSnapshot: {
            workers: {
                id: string;
                host: string;
                alive: boolean;
                provider: string;
                model: {
                    version: string;
                    sha256: string;
                };
                slots: number;
                current: {
                    studyInstanceUid: string;
                    correlationId: string;
                    /** Format: date-time */
                    since: string;
                }[];
                done1h: number;
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
export type ApiKey = components['schemas']['ApiKey'];
export type ApiKeyExpiry = components['schemas']['ApiKeyExpiry'];
export type ApiKeys = components['schemas']['ApiKeys'];
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
export type CreatedApiKey = components['schemas']['CreatedApiKey'];
export type CurrentStudy = components['schemas']['CurrentStudy'];
export type Delivery = components['schemas']['Delivery'];
export type DeliveryList = components['schemas']['DeliveryList'];
export type Device = components['schemas']['Device'];
export type Discarded = components['schemas']['Discarded'];
export type DiscardedStudy = components['schemas']['DiscardedStudy'];
export type DoctorReport = components['schemas']['DoctorReport'];
export type DrainRequest = components['schemas']['DrainRequest'];
export type DrainResult = components['schemas']['DrainResult'];
export type Drift = components['schemas']['Drift'];
export type DriftFinding = components['schemas']['DriftFinding'];
export type DriftMeasure = components['schemas']['DriftMeasure'];
export type DriftRule = components['schemas']['DriftRule'];
export type DriftSeries = components['schemas']['DriftSeries'];
export type DriftWeek = components['schemas']['DriftWeek'];
export type EmptyRequest = components['schemas']['EmptyRequest'];
export type ErrorCode = components['schemas']['ErrorCode'];
export type ExplainRequest = components['schemas']['ExplainRequest'];
export type Explanation = components['schemas']['Explanation'];
export type Failure = components['schemas']['Failure'];
export type Finding = components['schemas']['Finding'];
export type Health = components['schemas']['Health'];
export type HealthPart = components['schemas']['HealthPart'];
export type HealthStatus = components['schemas']['HealthStatus'];
export type Latency = components['schemas']['Latency'];
export type LatencyOfHour = components['schemas']['LatencyOfHour'];
export type LatencySpread = components['schemas']['LatencySpread'];
export type Model = components['schemas']['Model'];
export type ModelList = components['schemas']['ModelList'];
export type ModelProblem = components['schemas']['ModelProblem'];
export type NewApiKey = components['schemas']['NewApiKey'];
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
export type RefusedStudies = components['schemas']['RefusedStudies'];
export type RefusedStudy = components['schemas']['RefusedStudy'];
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
export type Scope = components['schemas']['Scope'];
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
export type StudyDescription = components['schemas']['StudyDescription'];
export type StudyDescriptions = components['schemas']['StudyDescriptions'];
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
    listStudies: {
        parameters: {
            query?: {
                outcome?: components["schemas"]["Outcome"];
                state?: components["schemas"]["StudyState"];
                /** @description has a display unit of this modality */
                channel?: components["schemas"]["ChannelName"];
                /** @description last changed at or after */
                from?: string;
                /** @description last changed at or before */
                to?: string;
                /** @description its lowest routing score is at least */
                minScore?: number;
                /** @description its lowest routing score is at most: finds doubtful ones */
                maxScore?: number;
                /** @description whether a person should look at one of its results */
                needsReview?: "true" | "false";
                /** @description whether its last run found superseded results of ours in the archive */
                superseded?: "true" | "false";
                /** @description StudyInstanceUID, the whole of it */
                uid?: string;
                /** @description asked of the archive; for operators and administrators */
                accessionNumber?: string;
                /** @description asked of the archive; for operators and administrators */
                patientId?: string;
                /** @description a part of the Study Description, asked of the archive */
                description?: string;
                /** @description a part of the Station Name, asked of the archive */
                station?: string;
                /** @description Study Date, first day; asked of the archive */
                studyDateFrom?: string;
                /** @description Study Date, last day; asked of the archive */
                studyDateTo?: string;
                /** @description items of a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of studies */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudyPage"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ARCHIVE_UNREACHABLE, ARCHIVE_REFUSED, ARCHIVE_DENIED, ARCHIVE_BAD_ANSWER */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRefusedStudies: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description All that are known */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RefusedStudies"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    exportStudies: {
        parameters: {
            query?: {
                outcome?: components["schemas"]["Outcome"];
                state?: components["schemas"]["StudyState"];
                /** @description has a display unit of this modality */
                channel?: components["schemas"]["ChannelName"];
                /** @description last changed at or after */
                from?: string;
                /** @description last changed at or before */
                to?: string;
                /** @description its lowest routing score is at least */
                minScore?: number;
                /** @description its lowest routing score is at most: finds doubtful ones */
                maxScore?: number;
                /** @description whether a person should look at one of its results */
                needsReview?: "true" | "false";
                /** @description whether its last run found superseded results of ours in the archive */
                superseded?: "true" | "false";
                /** @description StudyInstanceUID, the whole of it */
                uid?: string;
                /** @description asked of the archive; for operators and administrators */
                accessionNumber?: string;
                /** @description asked of the archive; for operators and administrators */
                patientId?: string;
                /** @description a part of the Study Description, asked of the archive */
                description?: string;
                /** @description a part of the Station Name, asked of the archive */
                station?: string;
                /** @description Study Date, first day; asked of the archive */
                studyDateFrom?: string;
                /** @description Study Date, last day; asked of the archive */
                studyDateTo?: string;
                /** @description whether the archive is asked what the studies are */
                describe?: "true" | "false";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description RFC 4180, UTF-8, one line a study */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/csv": unknown;
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ARCHIVE_UNREACHABLE, ARCHIVE_REFUSED, ARCHIVE_DENIED, ARCHIVE_BAD_ANSWER */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    describeStudies: {
        parameters: {
            query: {
                /** @description StudyInstanceUIDs with commas between, 100 at most */
                uids: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What the archive says */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StudyDescriptions"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ARCHIVE_UNREACHABLE, ARCHIVE_REFUSED, ARCHIVE_DENIED, ARCHIVE_BAD_ANSWER */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showStudy: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description StudyInstanceUID */
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The study */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Study"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description LEDGER_UNREADABLE */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    reprocessStudy: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description StudyInstanceUID */
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReprocessRequest"];
            };
        };
        responses: {
            /** @description It is in the queue */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunQueued"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ARCHIVE_UNREACHABLE, ARCHIVE_REFUSED, ARCHIVE_DENIED, ARCHIVE_BAD_ANSWER */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelStudy: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description StudyInstanceUID */
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["EmptyRequest"];
            };
        };
        responses: {
            /** @description It waits no more, or stops */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelledStudy"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description LEDGER_UNREADABLE */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    previewStudy: {
        parameters: {
            query?: {
                /** @description display unit: its position in `units` of the study */
                unit?: number;
                /** @description over all frames of the unit, from 1 */
                frame?: number;
                /** @description pixels; a smaller source is not enlarged */
                width?: number;
                /** @description how the mask is drawn: its outline, its area, or not at all */
                overlay?: "outline" | "filled" | "none";
            };
            header?: never;
            path: {
                /** @description StudyInstanceUID */
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The picture */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "image/png": unknown;
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND, NO_PREVIEW */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description LEDGER_UNREADABLE */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ARCHIVE_UNREACHABLE, ARCHIVE_REFUSED, ARCHIVE_DENIED, ARCHIVE_BAD_ANSWER */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listBackfills: {
        parameters: {
            query?: {
                /** @description items of a page */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Backfills */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillList"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startBackfill: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["BackfillRequest"];
            };
        };
        responses: {
            /** @description Dry run */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["BackfillMatch"];
                };
            };
            /** @description Started */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backfill"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ARCHIVE_UNREACHABLE, ARCHIVE_REFUSED, ARCHIVE_DENIED, ARCHIVE_BAD_ANSWER */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showBackfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The backfill */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backfill"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    cancelBackfill: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description As it was left */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Backfill"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listQuarantine: {
        parameters: {
            query?: {
                /** @description items of a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description A page of studies */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QuarantinePage"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayQuarantine: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplayAllRequest"];
            };
        };
        responses: {
            /** @description Started */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplayStarted"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    replayQuarantined: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description StudyInstanceUID */
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["ReplayRequest"];
            };
        };
        responses: {
            /** @description It is in the queue */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RunQueued"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description LEDGER_UNREADABLE */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    discardQuarantined: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description StudyInstanceUID */
                uid: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Taken off */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DiscardedStudy"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description LEDGER_UNREADABLE */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The parts, and the status of the worst */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showStats: {
        parameters: {
            query?: {
                hours?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Statistics */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Stats"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showUsage: {
        parameters: {
            query?: {
                /** @description first day, UTC */
                from?: string;
                /** @description last day, UTC */
                to?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Days, oldest first */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Usage"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showDrift: {
        parameters: {
            query?: {
                weeks?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Series by device and channel, and what has drifted */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Drift"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showQueue: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the queue now */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueueState"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    pauseQueue: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description paused */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuePaused"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    resumeQueue: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description not paused */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["QueuePaused"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    drainQueue: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DrainRequest"];
            };
        };
        responses: {
            /** @description done */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DrainResult"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWorkers: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description all workers */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WorkerList"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listModels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The models */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ModelList"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    verifyModel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description `id` of GET /models */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found; `ok` says whether it can be activated */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Verification"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE, NO_WORKER */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WORKER_TIMEOUT */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    activateModel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                /** @description `id` of GET /models */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model that every worker takes up before its next study */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivatedModel"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MODEL_REFUSED */
            422: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE, NO_WORKER */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WORKER_TIMEOUT */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    rollBackModel: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The model that every worker takes up before its next study */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ActivatedModel"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showShadowModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The shadow model and its agreement so far */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShadowComparison"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    setShadowModel: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ShadowRequest"];
            };
        };
        responses: {
            /** @description The shadow model and its agreement so far */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ShadowComparison"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listChannels: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The channels, in the file’s order */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ChannelList"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showRouting: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The newest version; its number is the ETag */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingVersion"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFIG_INVALID */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    putRouting: {
        parameters: {
            query?: never;
            header: {
                "If-Match": string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RoutingRequest"];
            };
        };
        responses: {
            /** @description The new version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingVersion"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRECONDITION_FAILED */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRECONDITION_REQUIRED */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    validateRouting: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RulesCheckRequest"];
            };
        };
        responses: {
            /** @description What is wrong with them, if anything */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RulesCheck"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listRoutingVersions: {
        parameters: {
            query?: {
                /** @description items of a page */
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The versions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingVersionPage"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showRoutingVersion: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                version: number;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description The version */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RoutingVersion"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFIG_INVALID */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    explainStudy: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ExplainRequest"];
            };
        };
        responses: {
            /** @description The decisions */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Explanation"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description STUDY_EMPTY */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description MODEL_INVALID, ENGINE_CRASHED, ENGINE_TIMEOUT */
            500: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description ARCHIVE_UNREACHABLE, ARCHIVE_REFUSED, ARCHIVE_DENIED, ARCHIVE_BAD_ANSWER */
            502: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE, NO_WORKER */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description WORKER_TIMEOUT */
            504: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    runDoctor: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description What was found */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DoctorReport"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    startSelfTest: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description It has begun */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SelfTestStarted"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    getSelfTest: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /** @description as POST /doctor/self-test answered */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Steps with their times */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SelfTest"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    streamEvents: {
        parameters: {
            query?: {
                /** @description only what happens to this StudyInstanceUID */
                study?: string;
                /** @description id of the last event received, for clients that cannot send the header Last-Event-ID */
                lastEventId?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description a stream without end */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/event-stream": components["schemas"]["StreamedEvents"];
                };
            };
            /** @description INVALID_REQUEST, INVALID_UID */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listWebhooks: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description all webhooks */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WebhookList"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    addWebhook: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewWebhook"];
            };
        };
        responses: {
            /** @description added */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the webhook; its ETag is needed to change it */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    changeWebhook: {
        parameters: {
            query?: never;
            header: {
                "If-Match": string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ChangedWebhook"];
            };
        };
        responses: {
            /** @description changed */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Webhook"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRECONDITION_FAILED */
            412: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description PRECONDITION_REQUIRED */
            428: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    removeWebhook: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description removed */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    testWebhook: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description queued */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestQueued"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listDeliveries: {
        parameters: {
            query?: {
                /** @description at most so many */
                limit?: number;
            };
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description deliveries */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DeliveryList"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description all of them */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeys"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["NewApiKey"];
            };
        };
        responses: {
            /** @description made */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    expireApiKey: {
        parameters: {
            query?: never;
            header?: {
                "Idempotency-Key"?: string;
            };
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ApiKeyExpiry"];
            };
        };
        responses: {
            /** @description set */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description revoked; also when it was before */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showSettings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description settings by section and key */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SettingsInUse"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    listAudit: {
        parameters: {
            query?: {
                /** @description what administrators changed, or who read, searched and stored */
                kind?: "changes" | "accesses";
                /** @description not earlier than this */
                from?: string;
                /** @description not later than this */
                to?: string;
                actor?: string;
                /** @description operationId, e.g. reprocessStudy */
                operation?: string;
                limit?: number;
                /** @description `next` of the page before */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description one page */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AuditPage"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    showSession: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description role and name, or null for nobody */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Session"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signIn: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SignInRequest"];
            };
        };
        responses: {
            /** @description signed in */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SignedIn"];
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description CONFLICT */
            409: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    signOut: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description the session has ended; also when there was none */
            204: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    beginOidcSignIn: {
        parameters: {
            query?: {
                /** @description page of this gateway to open afterwards */
                returnTo?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description to the issuer */
            302: {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
    finishOidcSignIn: {
        parameters: {
            query?: {
                state?: string;
                code?: string;
                iss?: string;
                error?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description signed in: a page that leads on */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": unknown;
                };
            };
            /** @description INVALID_REQUEST */
            400: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description UNAUTHORIZED */
            401: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description FORBIDDEN */
            403: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description NOT_FOUND */
            404: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description TOO_MANY */
            429: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
            /** @description QUEUE_UNAVAILABLE, ISSUER_UNREACHABLE */
            503: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/problem+json": components["schemas"]["Problem"];
                };
            };
        };
    };
}
