// Fills a ledger with synthetic studies, for measurements.
import { performance } from 'node:perf_hooks';

/** Studies written at the same time: bounds the memory of this process. */
const AT_ONCE = 200;
/** So many studies are written by the store; the others are copies that Redis makes of them, with UIDs of their own. */
const MAX_WRITTEN = 2000;

/** Copies studies within Redis. ARGV: prefix, then uid copied, uid of the copy, ms since 1970, for each of them. */
const COPY = `
local p = ARGV[1]
for i = 2, #ARGV, 3 do
  local from, to, at = ARGV[i], ARGV[i + 1], ARGV[i + 2]
  local pattern = string.gsub(from, '%.', '%%.')
  local record = redis.call('HGETALL', p .. ':ledger:study:' .. from)
  for j = 2, #record, 2 do record[j] = string.gsub(record[j], pattern, to) end
  redis.call('HSET', p .. ':ledger:study:' .. to, unpack(record))
  redis.call('RPUSH', p .. ':ledger:events:' .. to, unpack(redis.call('LRANGE', p .. ':ledger:events:' .. from, 0, -1)))
  redis.call('HSET', p .. ':intake:seen', to, '3')
  redis.call('ZADD', p .. ':ledger:studies', at, to)
  redis.call('ZADD', p .. ':ledger:index:arrived', at, to)
  local sets = { ['index:state:done'] = true }
  local failed = redis.call('ZSCORE', p .. ':ledger:index:quarantine', from)
  if failed then sets['index:quarantine'] = true end
  sets['index:outcome:' .. (failed and 'failed' or 'segmented')] = true
  for _, channel in ipairs(redis.call('SMEMBERS', p .. ':ledger:index:channels')) do
    if redis.call('ZSCORE', p .. ':ledger:index:channel:' .. channel, from) then sets['index:channel:' .. channel] = true end
  end
  for set in pairs(sets) do redis.call('ZADD', p .. ':ledger:' .. set, at, to) end
end`;

export const uid = (n) =>
  `1.2.826.0.1.3680043.8.498.${String(10_000_000_000 + n)}.${String(n).padStart(12, '7')}`;
const CHANNELS = ['dermoscopy', 'xray', 'fundus'];

/** A study like those of a running site: one result, five lines of timeline, one in fifty failed. */
async function write(store, n) {
  const channel = CHANNELS[n % 3];
  const study = uid(n);
  const correlationId = `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
  const failed = n % 50 === 0;
  const units = [
    {
      outcome: failed ? 'failed' : 'segmented',
      channel,
      score: 0.5 + (n % 50) / 100,
      reasons: ['Modality is DX', 'the picture looks like a chest radiograph'],
      sourceSeriesUid: `${study}.1`,
      sourceInstanceUids: [`${study}.1.1`],
      segSeriesUid: `${study}.2`,
      segInstanceUid: `${study}.2.1`,
      frames: { positive: 1, total: 1 },
    },
  ];
  await store.ledger.update(study, {
    state: 'done',
    outcome: failed ? 'failed' : 'segmented',
    units,
    fingerprint: correlationId.replaceAll('-', '').repeat(2),
    instances: 3,
    tag: channel,
    attempts: 1,
    arrivedAt: new Date().toISOString(),
    round: 'arrival',
    seconds: 4.2,
    correlationId,
  });
  for (const event of ['signal', 'queued', 'started', 'unit', 'done']) {
    await store.ledger.addEvent(study, event, { correlationId, n: 1 });
  }
  await store.intake.markSeen(new Map([[study, '3']]));
}

/**
 * Writes `count` studies. Newest last.
 * @returns how many of them the store wrote, and in how many milliseconds; the others are copies
 */
export async function fillLedger({ redis, store, prefix, count }) {
  const written = Math.min(count, MAX_WRITTEN);
  const began = performance.now();
  for (let start = 0; start < written; start += AT_ONCE) {
    const batch = Array.from({ length: Math.min(AT_ONCE, written - start) }, (_, i) =>
      write(store, start + i),
    );
    await Promise.all(batch);
  }
  const milliseconds = Math.round(performance.now() - began);
  const firstAt = Date.now() + 1;
  for (let start = written; start < count; start += AT_ONCE) {
    const copies = Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, i) => start + i);
    const args = copies.flatMap((n) => [uid(n % written), uid(n), firstAt + n]);
    await redis.eval(COPY, 0, prefix, ...args);
  }
  return { written, milliseconds };
}
