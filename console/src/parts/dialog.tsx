import { signal } from '@preact/signals';
import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef } from 'preact/hooks';

/** A dialog of the browser's own: it holds the focus, Escape closes it, the page behind it is inert. */
export function Dialog({
  title,
  children,
  onClose,
  onSubmit,
  submit,
  danger = false,
  busy = false,
  disabled = false,
  cancel = 'Cancel',
}: {
  title: string;
  children: ComponentChildren;
  onClose: () => void;
  onSubmit: () => void;
  submit: string;
  danger?: boolean;
  busy?: boolean;
  disabled?: boolean;
  cancel?: string;
}) {
  const element = useRef<HTMLDialogElement>(null);
  // Before anything is painted: what had the focus is still what opened the dialog.
  useLayoutEffect(() => {
    const dialog = element.current!;
    const before = document.activeElement;
    if (!dialog.open) dialog.showModal();
    return () => {
      dialog.close();
      // Not by the browser alone: what opened the dialog may have been drawn anew meanwhile.
      if (before instanceof HTMLElement && before.isConnected) before.focus();
    };
  }, []);
  return (
    <dialog ref={element} aria-labelledby="dialog-title" onCancel={onClose}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (!busy && !disabled) onSubmit();
        }}
      >
        <h2 id="dialog-title">{title}</h2>
        {children}
        <div class="actions">
          <button type="button" class="button" onClick={onClose}>
            {cancel}
          </button>
          <button
            type="submit"
            class={`button primary ${danger ? 'danger' : ''}`}
            disabled={busy || disabled}
          >
            {busy ? 'Working …' : submit}
          </button>
        </div>
      </form>
    </dialog>
  );
}

interface Question {
  readonly title: string;
  readonly text: ComponentChildren;
  readonly submit: string;
  readonly danger?: boolean;
}

const question = signal<(Question & { answer(yes: boolean): void }) | undefined>(undefined);

/** Asks before something that cannot be undone. */
export function ask(what: Question): Promise<boolean> {
  return new Promise((resolve) => {
    question.value = {
      ...what,
      answer(yes) {
        question.value = undefined;
        resolve(yes);
      },
    };
  });
}

/** Where questions appear; mounted once. */
export function Questions() {
  const open = question.value;
  if (!open) return null;
  return (
    <Dialog
      title={open.title}
      submit={open.submit}
      danger={open.danger ?? false}
      onClose={() => open.answer(false)}
      onSubmit={() => open.answer(true)}
    >
      <div class="stack muted">{open.text}</div>
    </Dialog>
  );
}
