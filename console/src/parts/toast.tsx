import { signal } from '@preact/signals';
import { asProblem } from '../api/index.js';
import type { Tone } from '../words.js';
import { Icon } from './icon.js';
import { Notice } from './notice.js';

interface Toast {
  readonly id: number;
  readonly tone: Tone;
  readonly text: string;
  readonly more?: string | undefined;
}

const toasts = signal<readonly Toast[]>([]);
let count = 0;
const drop = (id: number) => (toasts.value = toasts.value.filter((toast) => toast.id !== id));

/** Says how an action went, aloud as well. Errors stay until they are closed. */
export function say(tone: Tone, text: string, more?: string): void {
  const id = (count += 1);
  toasts.value = [...toasts.value.slice(-3), { id, tone, text, more }];
  if (tone !== 'bad') setTimeout(() => drop(id), 6000);
}

/** Runs an action of the user's and says how it went. @returns whether it succeeded */
export async function attempt(run: () => Promise<unknown>, done: string): Promise<boolean> {
  try {
    await run();
    say('good', done);
    return true;
  } catch (error) {
    const { detail, advice } = asProblem(error);
    say('bad', detail, advice);
    return false;
  }
}

/** The corner where toasts appear; mounted once. */
export function Toasts() {
  return (
    <div class="toasts" role="status" aria-live="polite">
      {toasts.value.map(({ id, tone, text, more }) => (
        <div key={id}>
          <Notice tone={tone}>
            <div class="row apart" style={{ flexWrap: 'nowrap', alignItems: 'flex-start' }}>
              <div>
                <p>
                  <strong>{text}</strong>
                </p>
                {more && <p>{more}</p>}
              </div>
              <button type="button" class="button plain small" onClick={() => drop(id)}>
                <Icon name="cross" size={14} />
                <span class="hidden">Close this message</span>
              </button>
            </div>
          </Notice>
        </div>
      ))}
    </div>
  );
}
