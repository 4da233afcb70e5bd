import { effect, signal } from '@preact/signals';

export type Theme = 'system' | 'light' | 'dark';
const KEY = 'esp-console-theme';

/** What the user chose; `system` follows prefers-color-scheme. */
export const theme = signal<Theme>(stored());

/** Counts up when the colours on the screen may have changed; canvases draw themselves again. */
export const repaint = signal(0);

function stored(): Theme {
  try {
    const value = localStorage.getItem(KEY);
    return value === 'light' || value === 'dark' ? value : 'system';
  } catch {
    return 'system'; // storage may be switched off
  }
}

/** Puts the theme on the document and keeps it there. */
export function followTheme(): void {
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => (repaint.value += 1));
  effect(() => {
    const chosen = theme.value;
    if (chosen === 'system') delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = chosen;
    try {
      if (chosen === 'system') localStorage.removeItem(KEY);
      else localStorage.setItem(KEY, chosen);
    } catch {
      // The choice then lasts as long as the page.
    }
    repaint.value = repaint.peek() + 1;
  });
}

/** A custom property as a colour that a canvas understands. */
export function colour(property: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  document.body.append(probe);
  const value = getComputedStyle(probe).color;
  probe.remove();
  return value;
}
