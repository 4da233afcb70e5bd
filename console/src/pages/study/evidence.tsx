import { formatPercent } from '../../format.js';
import { Channel, OutcomeBadge, ReviewBadge } from '../../parts/badge.js';
import { Empty } from '../../parts/notice.js';
import type { Study, StudyUnit } from '../../api/index.js';
import { channelTitle } from '../../channels.js';

/** Why the unit was taken for what it was taken for, in the words of the routing. */
export function Evidence({ unit, study }: { unit: StudyUnit | undefined; study: Study }) {
  return (
    <section class="card" aria-labelledby="evidence-title">
      <header>
        <h2 id="evidence-title">Why this result</h2>
        {unit && <OutcomeBadge outcome={unit.outcome} />}
      </header>
      {unit === undefined && (
        <Empty icon="route" title="Not decided yet">
          <p>
            {study.state === 'done'
              ? 'The study failed before its images were looked at.'
              : 'The reasons appear when a worker has looked at it.'}
          </p>
        </Empty>
      )}
      {unit && (
        <div class="stack">
          <div class="row apart">
            <Channel channel={unit.channel} />
            {typeof unit.score === 'number' && (
              <span class="row">
                <span class="muted">modality, sure to</span>
                <meter
                  min={0}
                  max={1}
                  low={0.4}
                  high={0.7}
                  optimum={1}
                  value={unit.score}
                  aria-label={`Routing score for ${channelTitle(unit.channel)}`}
                >
                  {unit.score}
                </meter>
                <strong class="number">{formatPercent(unit.score)}</strong>
              </span>
            )}
          </div>
          <MaskQuality unit={unit} />
          <ol class="reasons">
            {unit.whyLeft?.map((reason) => (
              <li key={reason}>Left over: {reason}</li>
            ))}
            {unit.reasons.map((reason, index) => (
              <li key={index}>{sentence(reason)}</li>
            ))}
          </ol>
          {unit.frames && (
            <p class="muted">
              Something was found on {unit.frames.positive} of {unit.frames.total} frames.
            </p>
          )}
          <p class="small">
            <a href={`/routing?study=${study.studyInstanceUid}`}>
              Ask what the routing rules of now would do
            </a>
          </p>
        </div>
      )}
    </section>
  );
}

/** How well the mask can be expected to fit: another question than which modality it is. */
function MaskQuality({ unit: { outcome, quality } }: { unit: StudyUnit }) {
  if (outcome !== 'segmented') return null;
  return (
    <div class="row apart">
      <span class="muted">Mask</span>
      {quality ? (
        <span class="row">
          {quality.review && <ReviewBadge />}
          <span>
            predicted Dice <strong class="number">{quality.predicted.toFixed(2)}</strong>
            <span class="muted">, in nine of ten cases at least {quality.lower.toFixed(2)}</span>
          </span>
        </span>
      ) : (
        <span class="muted">the model says nothing of how well it fits</span>
      )}
    </div>
  );
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
