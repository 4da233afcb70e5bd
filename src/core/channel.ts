import { z } from 'zod';

/**
 * What a decoder of the model segments, by the name that its manifest and `config/modalities.yaml` give it; as against
 * DICOM *Modality* (0008,0060). Channels are data: which there are is not written in the code.
 */
export type Channel = string;

/** Words that stand for no channel, or more than one, where channels are counted. */
const RESERVED: readonly string[] = ['none', 'several'];

/** The form of a channel's name. */
export const channelName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,31}$/, {
    error: 'not a channel name: a small letter, then at most 31 small letters, digits and hyphens',
  })
  .refine((name) => !RESERVED.includes(name), { error: 'not a channel name: the word is taken' });
