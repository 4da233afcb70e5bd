/**
 * Loaded into a process of a fault run before everything else: on SIGUSR2 its clock jumps by the seconds in
 * `FAULTS_CLOCK_FILE`. Timers count on, as they do when a machine's clock is set; Redis and the archive keep theirs.
 */
import { readFileSync } from 'node:fs';

const RealDate = Date;
let offsetMs = 0;

globalThis.Date = new Proxy(RealDate, {
  construct: (target, args: unknown[], newTarget) =>
    Reflect.construct(target, args.length === 0 ? [RealDate.now() + offsetMs] : args, newTarget) as object,
  get: (target, name, receiver) =>
    name === 'now' ? () => RealDate.now() + offsetMs : (Reflect.get(target, name, receiver) as unknown),
});

process.on('SIGUSR2', () => {
  offsetMs = Number(readFileSync(process.env.FAULTS_CLOCK_FILE ?? '', 'utf8')) * 1000;
});
