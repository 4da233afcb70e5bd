import type { StudyRecord } from '../store/index.js';
import { dice, referenceMask } from './dice.js';
import type { GatewayClient } from './gateway-client.js';
import { readSeg } from './read-seg.js';

/** Dice of one frame, under the channel that it was segmented as. */
export interface FrameScore {
  readonly channel: string;
  readonly dice: number;
  /** The unit was flagged: a person should look at it. */
  readonly review: boolean;
}

/**
 * Compares the SEGs of a study, read back from the archive, with reference masks named after the source instances.
 * A reference without a mask of ours (empty, unsupported, failed) scores as an empty mask: nothing is left out.
 */
export async function scoreStudy(
  client: GatewayClient,
  study: StudyRecord,
  masksDir: string,
): Promise<FrameScore[]> {
  const scores: FrameScore[] = [];
  for (const unit of study.units) {
    if (unit.outcome === 'superseded') continue;
    const ours = new Map<string, Uint8Array>();
    if (unit.segSeriesUid && unit.segInstanceUid) {
      const path = {
        study: study.studyInstanceUid,
        series: unit.segSeriesUid,
        instance: unit.segInstanceUid,
      };
      const metadata = await client.metadata(path);
      if (!metadata) throw new Error('the archive does not return a SEG that the ledger names');
      for (const [key, mask] of readSeg(metadata, await client.file(path)).masks) ours.set(key, mask);
    }
    for (const uid of unit.sourceInstanceUids) {
      for (const key of [
        uid,
        ...Array.from({ length: unit.frames?.total ?? 0 }, (_, index) => `${uid}.f${index + 1}`),
      ]) {
        const reference = referenceMask(masksDir, key);
        if (!reference) continue;
        const mask = ours.get(key) ?? new Uint8Array(reference.data.length);
        const review = unit.quality?.review === true;
        scores.push({ channel: unit.channel ?? 'none', dice: dice(mask, reference.data), review });
      }
    }
  }
  return scores;
}

/** One row a channel: number of frames, mean and lowest Dice, how many were flagged for review, and the lowest of the others. */
export function scoreTable(scores: readonly FrameScore[]): string[] {
  const channels = [...new Set(scores.map((score) => score.channel))].sort();
  return [
    'channel        frames   mean Dice   lowest   for review   lowest of the others',
    ...channels.map((channel) => {
      const own = scores.filter((score) => score.channel === channel);
      const values = own.map((score) => score.dice);
      const others = own.filter((score) => !score.review).map((score) => score.dice);
      const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
      const cells = [
        channel.padEnd(14),
        String(own.length).padStart(6),
        mean.toFixed(3).padStart(11),
        Math.min(...values)
          .toFixed(3)
          .padStart(8),
        String(own.length - others.length).padStart(12),
        (others.length === 0 ? '-' : Math.min(...others).toFixed(3)).padStart(22),
      ];
      return cells.join(' ');
    }),
  ];
}
