import { Channel, OutcomeBadge, ReviewBadge } from '../../parts/badge.js';
import { CopyButton, Uid } from '../../parts/uid.js';
import type { Unit } from '../../types/index.js';
import { TableScroll } from '../../parts/table-scroll.js';

/** What every display unit led to, superseded results included. */
export function Results({ units }: { units: readonly Unit[] }) {
  if (units.length === 0) return null;
  return (
    <section class="card flush span-12" aria-labelledby="results-title">
      <header>
        <h2 id="results-title">Results</h2>
        <p>one line for each display unit: a multi-frame image, or images shown together</p>
      </header>
      <TableScroll>
        <table class="folds tight">
          <thead>
            <tr>
              <th scope="col">Source series</th>
              <th scope="col">Outcome</th>
              <th scope="col">Channel</th>
              <th scope="col" class="number">
                Score
              </th>
              <th scope="col" class="number">
                Predicted Dice
              </th>
              <th scope="col" class="number">
                Frames found / all
              </th>
              <th scope="col">SEG</th>
              <th scope="col">Report</th>
            </tr>
          </thead>
          <tbody>
            {units.map((unit, index) => (
              <tr key={index}>
                <th scope="row">
                  <Uid uid={unit.sourceSeriesUid} />
                </th>
                <td data-label="Outcome">
                  <OutcomeBadge outcome={unit.outcome} />
                  {unit.quality?.review && <ReviewBadge />}
                </td>
                <td data-label="Channel">
                  <Channel channel={unit.channel} />
                </td>
                <td data-label="Score" class="number">
                  {typeof unit.score === 'number' ? unit.score.toFixed(2) : '–'}
                </td>
                <td data-label="Predicted Dice" class="number">
                  <Predicted unit={unit} />
                </td>
                <td data-label="Frames found / all" class="number">
                  {unit.frames ? `${unit.frames.positive} / ${unit.frames.total}` : '–'}
                </td>
                <td data-label="SEG">
                  <Stored uid={unit.segInstanceUid} what="SOPInstanceUID of the SEG" />
                </td>
                <td data-label="Report">
                  <Stored uid={unit.srInstanceUid} what="SOPInstanceUID of the report" />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </TableScroll>
    </section>
  );
}

/** How well the mask can be expected to fit; of an empty result nothing is said here, the badge tells. */
function Predicted({ unit: { outcome, quality } }: { unit: Unit }) {
  if (!quality || outcome !== 'segmented') return <>–</>;
  const { predicted, lower } = quality;
  const meaning = `In nine of ten cases at least ${lower.toFixed(2)}`;
  return <span title={meaning}>{predicted.toFixed(2)}</span>;
}

function Stored({ uid, what }: { uid: string | null | undefined; what: string }) {
  if (!uid) return <span class="faint">none</span>;
  return (
    <span class="row">
      <Uid uid={uid} />
      <CopyButton text={uid} what={what} />
    </span>
  );
}
