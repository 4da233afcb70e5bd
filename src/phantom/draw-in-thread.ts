import { Worker } from 'node:worker_threads';
import { AppError } from '../core/index.js';
import type { PhantomInstance, PhantomOptions } from './phantom-instance.js';

/** The thread's built file. It is always the compiled one, also when this runs from source under a test. */
const ENTRY = new URL('../../dist/phantom/phantom-main.js', import.meta.url);

/**
 * Draws and writes one instance in a thread of its own: drawing takes seconds, and whoever else waits for this
 * process shall not notice.
 * @param entry what the thread runs
 * @throws AppError `INTERNAL` when the thread ends without a picture
 */
export function drawInThread(options: PhantomOptions, entry: URL = ENTRY): Promise<PhantomInstance> {
  return new Promise((resolve, reject) => {
    const fail = (why: string, cause?: unknown) =>
      reject(new AppError('INTERNAL', `The phantom could not be drawn (${why})`, { cause }));
    // No environment and none of our own flags: the thread needs neither.
    const thread = new Worker(entry, { workerData: options, env: {}, execArgv: [] });
    thread.once('message', resolve);
    thread.once('error', (error: NodeJS.ErrnoException) => fail(error.code ?? error.name, error));
    thread.once('exit', (code) => fail(`the thread ended with ${code}`));
  });
}
