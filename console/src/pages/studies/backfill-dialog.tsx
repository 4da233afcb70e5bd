import { useState } from 'preact/hooks';
import { api, asProblem, type BackfillQuery, type Priority, type Problem } from '../../api/index.js';
import { Dialog } from '../../parts/dialog.js';
import { Notice, ProblemNotice } from '../../parts/notice.js';
import { say } from '../../parts/toast.js';
import { plural } from '../../words.js';
import { PriorityChoice } from '../study/actions.js';
import { queryOf, type StudyFilter } from './filter.js';
import { filterWords } from './filter-words.js';

type Kind = 'filter' | 'archive';

/** Runs many studies again, slowly. The number is asked for first, so that nobody starts blindly. */
export function BackfillDialog({
  filter,
  onClose,
  onStarted,
}: {
  filter: StudyFilter;
  onClose: () => void;
  onStarted: () => void;
}) {
  const [kind, setKind] = useState<Kind>('filter');
  const [days, setDays] = useState({ from: dayBefore(7), to: dayBefore(0) });
  const [perMinute, setPerMinute] = useState(60);
  const [priority, setPriority] = useState<Priority>('offpeak');
  const [matched, setMatched] = useState<number>();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem>();

  const act = async (run: () => Promise<void>) => {
    setBusy(true);
    setProblem(undefined);
    try {
      await run();
    } catch (error) {
      setProblem(asProblem(error));
    }
    setBusy(false);
  };
  const submit = () =>
    act(async () => {
      const query = asQuery(kind, filter, days);
      if (matched === undefined) {
        setMatched((await api.matchBackfill(query)).matched);
      } else {
        const { total } = await api.startBackfill(query, perMinute, priority);
        say('good', `${plural(total, 'study is', 'studies are')} being queued`);
        onStarted();
      }
    });
  const choose = (next: Kind) => {
    setKind(next);
    setMatched(undefined);
  };
  const { counts, ignored } = filterWords(filter);
  const incomplete = kind === 'archive' && (days.from === '' || days.to === '');
  return (
    <Dialog
      title="Reprocess many studies"
      submit={
        matched === undefined ? 'How many are these?' : `Reprocess ${plural(matched, 'study', 'studies')}`
      }
      busy={busy}
      disabled={incomplete || matched === 0}
      onClose={onClose}
      onSubmit={submit}
    >
      <fieldset class="choices">
        <legend>Which</legend>
        <label class="check">
          <input type="radio" name="kind" checked={kind === 'filter'} onChange={() => choose('filter')} />
          {counts.length === 0
            ? 'All studies that were ever here'
            : 'Studies that match the filter of the list'}
        </label>
        <label class="check">
          <input type="radio" name="kind" checked={kind === 'archive'} onChange={() => choose('archive')} />
          Studies of the archive by study date, also those that were there before
        </label>
      </fieldset>
      {kind === 'filter' && counts.length > 0 && (
        <dl class="facts" aria-label="Filter">
          {counts.map(([name, value]) => (
            <>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </>
          ))}
        </dl>
      )}
      {kind === 'filter' && ignored.length > 0 && (
        <Notice tone="warn">
          <p>
            <strong>Not counted here: {ignored.map((line) => line.join(' ')).join(', ')}.</strong> Only
            outcome, channel and when a study changed are. To run just the studies that the list shows, choose
            them there and press its Reprocess.
          </p>
        </Notice>
      )}
      {kind === 'archive' && (
        <div class="row">
          {(['from', 'to'] as const).map((key) => (
            <label key={key} class="field">
              <span>{key === 'from' ? 'First study date' : 'Last study date'}</span>
              <input
                type="date"
                required
                value={days[key]}
                onInput={(event) => {
                  setDays({ ...days, [key]: event.currentTarget.value });
                  setMatched(undefined);
                }}
              />
            </label>
          ))}
        </div>
      )}
      <label class="field">
        <span>Studies a minute</span>
        <input
          type="number"
          min={1}
          max={6000}
          required
          value={perMinute}
          onInput={(event) => setPerMinute(Number(event.currentTarget.value))}
        />
      </label>
      <PriorityChoice value={priority} onChange={setPriority} />
      <div aria-live="polite">
        {matched !== undefined && (
          <Notice tone={matched === 0 ? 'warn' : 'calm'}>
            <p>
              <strong>
                {matched === 0 ? 'None matches.' : `${plural(matched, 'study matches', 'studies match')}.`}
              </strong>{' '}
              {matched > 0 && 'They are queued at the rate above, also over a restart. It can be stopped.'}
            </p>
          </Notice>
        )}
        <ProblemNotice problem={problem} />
      </div>
    </Dialog>
  );
}

/** A day of the user's calendar. */
function dayBefore(days: number): string {
  const date = new Date();
  date.setDate(date.getDate() - days);
  const two = (n: number) => String(n).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}

function asQuery(kind: Kind, filter: StudyFilter, days: { from: string; to: string }): BackfillQuery {
  if (kind === 'archive') return { archive: days };
  const { outcome, channel, from, to } = queryOf(filter);
  return Object.fromEntries(
    Object.entries({ outcome, channel, from, to }).filter(([, value]) => value !== undefined),
  ) as BackfillQuery;
}
