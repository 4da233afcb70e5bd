import type { Outcome, StudyState } from '../../api/index.js';
import { channels } from '../../channels.js';
import { OUTCOMES, STATES } from '../../words.js';
import { useState } from 'preact/hooks';
import { may } from '../../session.js';
import { addressOf, type Search, SEARCHES, type StudyFilter } from './filter.js';

/** A study as a whole is never superseded, only a result of it is. */
const ENDED: readonly Outcome[] = ['segmented', 'empty', 'unsupported', 'failed'];
const NOW: readonly StudyState[] = ['quiet', 'queued', 'running', 'retrying', 'done', 'cancelled'];

/** Narrows the list; every change acts at once. */
export function FilterBar({
  filter,
  onChange,
}: {
  filter: StudyFilter;
  onChange: (address: string) => void;
}) {
  const set = (key: keyof StudyFilter) => (event: Event) => {
    const { value } = event.currentTarget as HTMLInputElement;
    const rest = Object.fromEntries(Object.entries(filter).filter(([name]) => name !== key));
    onChange(addressOf({ ...rest, ...(value === '' ? {} : { [key]: value }) }));
  };
  const field = (key: keyof StudyFilter) => ({ value: filter[key] ?? '', onChange: set(key) });
  return (
    <form class="card filter" role="search" aria-label="Studies" onSubmit={(event) => event.preventDefault()}>
      <SearchField filter={filter} onChange={onChange} />
      <label class="field">
        <span>Study date from</span>
        <input type="date" {...field('studyDateFrom')} />
      </label>
      <label class="field">
        <span>Study date to</span>
        <input type="date" {...field('studyDateTo')} />
      </label>
      <label class="field">
        <span>Outcome</span>
        <select {...field('outcome')}>
          <option value="">All</option>
          {ENDED.map((value) => (
            <option key={value} value={value}>
              {OUTCOMES[value].text}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>State</span>
        <select {...field('state')}>
          <option value="">All</option>
          {NOW.map((value) => (
            <option key={value} value={value}>
              {STATES[value].text}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Channel</span>
        <select {...field('channel')}>
          <option value="">All</option>
          {channels.value.map(({ name, title }) => (
            <option key={name} value={name}>
              {title}
            </option>
          ))}
        </select>
      </label>
      <label class="field">
        <span>Changed from</span>
        <input type="date" {...field('from')} />
      </label>
      <label class="field">
        <span>Changed to</span>
        <input type="date" {...field('to')} />
      </label>
      <label class="field">
        <span>Modality score at most</span>
        <input type="number" min="0" max="1" step="0.05" placeholder="1.0" {...field('maxScore')} />
      </label>
      <label class="field">
        <span>Review</span>
        <select {...field('needsReview')}>
          <option value="">All</option>
          <option value="true">Needs review</option>
          <option value="false">Does not</option>
        </select>
      </label>
      <label class="field">
        <span>Superseded results</span>
        <select {...field('superseded')}>
          <option value="">All</option>
          <option value="true">In the archive</option>
          <option value="false">None</option>
        </select>
      </label>
      <button
        type="button"
        class="button plain"
        onClick={() => onChange('')}
        disabled={addressOf(filter) === ''}
      >
        Clear
      </button>
    </form>
  );
}

/** What only operators and administrators may look for. */
const IDENTITY: readonly Search[] = ['accessionNumber', 'patientId'];

/** One field for what people know of a study; the archive is asked when it is left or sent. */
function SearchField({ filter, onChange }: { filter: StudyFilter; onChange: (address: string) => void }) {
  const offered = (Object.keys(SEARCHES) as Search[]).filter(
    (key) => !IDENTITY.includes(key) || may('operator'),
  );
  const used = offered.find((key) => filter[key] !== undefined);
  const [kind, setKind] = useState<Search>(used ?? offered[0]!);
  const chosen = used ?? kind;
  const search = (key: Search, text: string) => {
    const others = Object.entries(filter).filter(([name]) => !offered.includes(name as Search));
    onChange(addressOf({ ...Object.fromEntries(others), ...(text === '' ? {} : { [key]: text }) }));
  };
  return (
    <div class="search">
      <label class="field">
        <span>Search by</span>
        <select
          value={chosen}
          onChange={(event) => {
            const next = event.currentTarget.value as Search;
            setKind(next);
            if (filter[chosen]) search(next, filter[chosen]);
          }}
        >
          {offered.map((key) => (
            <option key={key} value={key}>
              {SEARCHES[key]}
            </option>
          ))}
        </select>
      </label>
      <label class="field grow">
        <span>{SEARCHES[chosen]}</span>
        <input
          type="search"
          maxLength={64}
          value={filter[chosen] ?? ''}
          onChange={(event) => search(chosen, event.currentTarget.value.trim())}
        />
      </label>
    </div>
  );
}
