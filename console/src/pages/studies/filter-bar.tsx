import type { Outcome, StudyState } from '../../api/index.js';
import { channels } from '../../channels.js';
import { OUTCOMES, STATES } from '../../words.js';
import { addressOf, type StudyFilter } from './filter.js';

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
        <span>From</span>
        <input type="date" {...field('from')} />
      </label>
      <label class="field">
        <span>To</span>
        <input type="date" {...field('to')} />
      </label>
      <label class="field">
        <span>Score at most</span>
        <input type="number" min="0" max="1" step="0.05" placeholder="1.0" {...field('maxScore')} />
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
