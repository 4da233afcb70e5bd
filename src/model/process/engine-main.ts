import { createRequestHandler, failureOf } from './handle-request.js';
import type { EngineRequest } from './protocol.js';

// The engine process. Its parent forks it with `serialization: 'advanced'` and speaks protocol.ts over the channel.

// Nothing here prints: what libraries would print could quote pixels or paths.
const silent = () => undefined;
Object.assign(globalThis.console, {
  log: silent,
  info: silent,
  debug: silent,
  warn: silent,
  error: silent,
  trace: silent,
});
// A crash is told by the exit code alone; a stack trace may hold data.
process.on('uncaughtException', () => process.exit(70));
process.on('unhandledRejection', () => process.exit(70));
// Without a parent nobody can ask or answer.
process.on('disconnect', () => process.exit(0));

if (process.send === undefined) process.exit(64);

const handle = createRequestHandler();
let queue: Promise<void> = Promise.resolve();

process.on('message', (request: EngineRequest) => {
  // One at a time, in the order asked.
  queue = queue.then(async () => {
    const response = await handle(request).then(
      (handled) => ({ id: request.id, ok: true, ...handled }),
      (thrown: unknown) => ({ id: request.id, ...failureOf(thrown) }),
    );
    process.send?.(response);
  });
});
