import type { Outcome, StudyState } from '../api/index.js';
import { channelColor, channelTitle } from '../channels.js';
import { NEEDS_REVIEW, OUTCOMES, wordOf, type Word } from '../words.js';
import { Icon } from './icon.js';

/** A word with its tone and icon; the meaning shows when one rests on it. */
export function Badge({ word }: { word: Word }) {
  return (
    <span class={`badge ${word.tone}`} title={word.meaning}>
      <Icon name={word.icon} size={13} />
      {word.text}
    </span>
  );
}

/** How a study stands or ended. */
export const StudyBadge = ({ study }: { study: { state: StudyState; outcome?: Outcome } }) => (
  <Badge word={wordOf(study)} />
);

export const OutcomeBadge = ({ outcome }: { outcome: Outcome }) => <Badge word={OUTCOMES[outcome]} />;

/** That a person should look at a result. */
export const ReviewBadge = () => <Badge word={NEEDS_REVIEW} />;

/** A channel's colour, as its masks have in the viewers. */
function Swatch({ channel }: { channel: string | null | undefined }) {
  const color = channelColor(channel);
  return <i class="swatch" aria-hidden="true" style={color ? { background: color } : undefined} />;
}

export const Channel = ({ channel }: { channel: string | null | undefined }) => (
  <span class="channel">
    <Swatch channel={channel} />
    {channelTitle(channel)}
  </span>
);

/** Several channels, or that there is none. */
export function Channels({ channels }: { channels: readonly string[] }) {
  if (channels.length === 0) return <span class="faint">–</span>;
  return (
    <span class="row">
      {channels.map((channel) => (
        <Channel key={channel} channel={channel} />
      ))}
    </span>
  );
}
