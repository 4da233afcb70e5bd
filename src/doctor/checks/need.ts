import type { DoctorContext } from '../context.js';
import { skipped, type Verdict } from '../finding.js';
import type { OrthancFacts } from '../probes/probe-orthanc.js';
import type { RedisProbe } from '../probes/probe-redis.js';

/** Answers with Orthanc's facts, or skips with the reason why there are none. */
export async function withOrthanc(
  context: DoctorContext,
  judge: (orthanc: OrthancFacts) => Verdict | Promise<Verdict>,
): Promise<Verdict> {
  const orthanc = await context.probes.orthanc();
  if (orthanc.kind === 'orthanc') return judge(orthanc);
  if (orthanc.kind === 'none')
    return skipped('archive.orthancUrl is empty: the archive is not asked as an Orthanc');
  return skipped("Orthanc's REST API could not be asked; see archive.orthanc");
}

/** Answers when QIDO-RS works, or skips. */
export async function withArchive(
  context: DoctorContext,
  judge: () => Verdict | Promise<Verdict>,
): Promise<Verdict> {
  const archive = await context.probes.archive();
  if (archive.kind === 'dicomweb') return judge();
  return skipped(
    'The archive could not be asked; see archive.reachable, archive.credentials and archive.dicomweb',
  );
}

/** Answers with what Redis says, or skips. */
export async function withRedis(
  context: DoctorContext,
  judge: (redis: Extract<RedisProbe, { kind: 'redis' }>) => Verdict | Promise<Verdict>,
): Promise<Verdict> {
  const redis = await context.probes.redis();
  return redis.kind === 'redis' ? judge(redis) : skipped('Redis could not be asked; see redis.reachable');
}
