import type { Check } from '../check.js';
import { fail, ok, skipped, warn, type Verdict } from '../finding.js';
import { withRedis } from './need.js';

/** Seconds: the queue's and the quiet period's times are compared between machines. */
const NOTABLE = 3;
const TOO_FAR = 60;

/** Whether Redis and this machine have the same time. */
export const redisClock: Check = {
  id: 'clock.redis',
  title: "Redis's clock agrees with ours",
  run: (context) => withRedis(context, ({ clockAhead }) => judge('Redis', clockAhead)),
};

/** Whether the archive and this machine have the same time. */
export const archiveClock: Check = {
  id: 'clock.archive',
  title: "The archive's clock agrees with ours",
  async run({ probes }) {
    const [archive, orthanc] = await Promise.all([probes.archive(), probes.orthanc()]);
    const ahead =
      (archive.kind === 'dicomweb' ? archive.clockAhead : undefined) ??
      (orthanc.kind === 'orthanc' ? orthanc.clockAhead : undefined);
    return ahead === undefined ? skipped('The archive tells no time') : judge('The archive', ahead);
  },
};

function judge(who: string, ahead: number): Verdict {
  const seconds = Math.abs(ahead);
  if (seconds < NOTABLE) return ok(`Less than ${NOTABLE} s apart`);
  const found = `${who} is ${Math.round(seconds)} s ${ahead > 0 ? 'ahead of' : 'behind'} this machine`;
  const advice = 'Let all machines follow the same time server (chrony or systemd-timesyncd).';
  return (seconds >= TOO_FAR ? fail : warn)(found, advice, 'the time service (NTP) of the machines');
}
