import { z } from 'zod';
import { channelName } from '../core/index.js';

const probability = z.number().min(0).max(1);
const byChannel = z.record(channelName, probability);

const evidence = z.object({
  header: z
    .object({
      scores: byChannel.describe(
        'weights of the header rules that hold, combined; channels without any left out',
      ),
      rules: z.array(z.string()).describe('one sentence for each rule that holds'),
      veto: z.string().nullable().describe('id of the veto that holds'),
    })
    .nullable()
    .describe('null where the kind of the image settles it'),
  pixels: z
    .object({
      best: z.union([channelName, z.literal('none')]),
      probability,
      probabilities: z.record(z.string(), probability),
    })
    .nullable()
    .describe('null where the picture was not looked at'),
});

/** What a worker says would happen to a study. No patient attribute is in it. */
export const explanationSchema = z.object({
  studyInstanceUid: z.string(),
  model: z.object({ id: z.string(), version: z.string(), sha256: z.string() }),
  rulesVersion: z
    .int()
    .nullable()
    .describe('version of the routing rules; null for rules given in the request'),
  instances: z.int().describe('instances of the study in the archive, of every kind'),
  unchanged: z
    .boolean()
    .describe(
      'nothing that shapes the result has changed since the last run: only a forced run would do anything',
    ),
  complete: z.boolean().describe('false when the study has more units than are looked at here'),
  units: z.array(
    z.object({
      seriesInstanceUid: z.string(),
      instances: z.int(),
      frames: z.int().describe('frames that would be segmented'),
      decision: z.object({
        channel: channelName.nullable(),
        score: probability,
        source: z.enum(['header', 'pixels', 'header+pixels', 'none']),
        reasons: z.array(z.string()),
      }),
      would: z.enum(['segment', 'unsupported', 'fail']),
      evidence,
    }),
  ),
});

export type Explanation = z.infer<typeof explanationSchema>;
