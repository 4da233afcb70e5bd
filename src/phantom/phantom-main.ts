/** What the thread of `drawInThread` runs: draws one instance, hands it over and ends. */
import { parentPort, workerData } from 'node:worker_threads';
import { phantomInstance, type PhantomOptions } from './phantom-instance.js';

parentPort?.postMessage(phantomInstance(workerData as PhantomOptions));
