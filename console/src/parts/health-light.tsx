import { health } from '../health.js';
import { Icon, type IconName } from './icon.js';
import { Notice } from './notice.js';
import type { HealthPart } from '../api/index.js';

const WORDS: Readonly<Record<HealthPart['status'], { text: string; tone: string; icon: IconName }>> = {
  ok: { text: 'All is well', tone: 'good', icon: 'check' },
  unknown: { text: 'Not all is known', tone: 'quiet', icon: 'info' },
  warn: { text: 'Look at this', tone: 'warn', icon: 'warning' },
  down: { text: 'Something is down', tone: 'bad', icon: 'cross' },
};

/** The light in the frame; leads to the doctor. */
export function HealthLight() {
  const status = health.value?.status;
  const word = status ? WORDS[status] : { text: 'Asking …', tone: 'quiet', icon: 'spinner' as const };
  return (
    <a class="health-light" href="/doctor">
      <span class={`badge ${word.tone}`}>
        <Icon name={word.icon} size={13} />
        {word.text}
      </span>
    </a>
  );
}

/** What is down or wants a look, with its cause and the first thing to do, on every page. */
export function HealthBanner() {
  const parts = health.value?.parts.filter(({ status }) => status === 'down' || status === 'warn') ?? [];
  return (
    <div class="health-banner" role="status" aria-label="Health">
      {parts.map(({ id, status, found, advice }) => (
        <Notice key={id} tone={status === 'down' ? 'bad' : 'warn'}>
          <p>
            <strong>{found}.</strong> {advice}
          </p>
        </Notice>
      ))}
    </div>
  );
}
