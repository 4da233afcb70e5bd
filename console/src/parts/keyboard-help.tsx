import { useEffect, useState } from 'preact/hooks';
import { Dialog } from './dialog.js';

const KEYS: readonly (readonly [string, string])[] = [
  ['?', 'this help'],
  ['/', 'to the search of the list of studies'],
  ['↓ or J, ↑ or K', 'from study to study, while one has the focus'],
  ['Home, End', 'to the first or last study of the page'],
  ['Enter', 'opens the study'],
  ['Esc', 'closes a dialog; the focus goes back to where it was'],
  ['Tab', 'to the next thing that can be used'],
];

/** What the keyboard does; opens with `?`. */
export function KeyboardHelp() {
  const [open, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const inField = (event.target as Element).closest?.('input, textarea, select, [contenteditable]');
      if (inField || event.ctrlKey || event.metaKey || event.altKey) return;
      if (event.key === '?') setOpen(true);
      if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('main [role=search] input');
        if (search) {
          event.preventDefault();
          search.focus();
        }
      }
    };
    document.addEventListener('keydown', onKey);
    return () => document.removeEventListener('keydown', onKey);
  }, []);
  if (!open) return null;
  return (
    <Dialog title="Keyboard" submit="Close" onClose={() => setOpen(false)} onSubmit={() => setOpen(false)}>
      <dl class="facts">
        {KEYS.map(([key, does]) => (
          <>
            <dt>
              <kbd>{key}</kbd>
            </dt>
            <dd>{does}</dd>
          </>
        ))}
      </dl>
    </Dialog>
  );
}
