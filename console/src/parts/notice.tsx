import type { ComponentChildren } from 'preact';
import type { Problem } from '../api/index.js';
import type { Tone } from '../words.js';
import { Icon, type IconName } from './icon.js';

const ICONS: Readonly<Record<Tone, IconName>> = {
  good: 'check',
  warn: 'warning',
  bad: 'cross',
  calm: 'info',
  quiet: 'info',
};

/** A message in the page. */
export function Notice({
  tone,
  children,
  role,
}: {
  tone: Tone;
  children: ComponentChildren;
  role?: 'alert' | 'status';
}) {
  return (
    <div class={`notice ${tone}`} role={role}>
      <Icon name={ICONS[tone]} />
      <div>{children}</div>
    </div>
  );
}

/** What went wrong and what to do about it, in the gateway's words. */
export function ProblemNotice({ problem, retry }: { problem: Problem | undefined; retry?: () => void }) {
  if (!problem) return null;
  return (
    <Notice tone="bad" role="alert">
      <p>
        <strong>{problem.detail}</strong>
      </p>
      {problem.advice && <p>{problem.advice}</p>}
      <p class="small faint">
        {problem.title}
        {retry && (
          <>
            {' · '}
            <button type="button" class="button plain small" onClick={retry}>
              Try again
            </button>
          </>
        )}
      </p>
    </Notice>
  );
}

/** Nothing to show, why, and what to do next. */
export function Empty({
  icon,
  title,
  children,
}: {
  icon: IconName;
  title: string;
  children?: ComponentChildren;
}) {
  return (
    <div class="empty">
      <Icon name={icon} size={26} />
      <strong>{title}</strong>
      {children}
    </div>
  );
}

/** Shown the first time something is read. */
export const Loading = ({ what }: { what: string }) => (
  <p class="empty" role="status">
    <Icon name="spinner" size={20} />
    Reading {what} …
  </p>
);
