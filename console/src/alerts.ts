import { onEvent } from './live.js';
import { say } from './parts/toast.js';

/** Says the gateway's alerts on whatever page one is. */
export function sayAlerts(): void {
  onEvent('alert', ({ state, message }) => {
    if (state === 'raised') say('bad', message, 'See Doctor for what could be the cause.');
    else say('good', message);
  });
}
