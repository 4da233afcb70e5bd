import { shortUid } from '../format.js';
import { Icon } from './icon.js';
import { say } from './toast.js';

/** A UID in short; the whole of it on hover and for screen readers. */
export const Uid = ({ uid }: { uid: string }) => (
  <span class="mono" title={uid}>
    {shortUid(uid)}
  </span>
);

/** Copies a text; without clipboard access (plain HTTP from afar) says so. */
export function CopyButton({ text, what }: { text: string; what: string }) {
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      say('good', `${what} copied`);
    } catch {
      say('warn', 'The browser does not allow copying here', 'Mark the text and copy it by keyboard.');
    }
  };
  return (
    <button type="button" class="button plain small" onClick={copy}>
      <Icon name="copy" size={14} />
      <span class="hidden">Copy {what}</span>
    </button>
  );
}
