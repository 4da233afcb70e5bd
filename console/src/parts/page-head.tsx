import type { ComponentChildren } from 'preact';
import { useEffect } from 'preact/hooks';

/** A page's title, what it is for, and what one can do on it. Names the browser's tab as well. */
export function PageHead({
  title,
  tab = title,
  crumb,
  children,
  actions,
}: {
  title: ComponentChildren;
  tab?: ComponentChildren;
  crumb?: ComponentChildren;
  children?: ComponentChildren;
  actions?: ComponentChildren;
}) {
  useEffect(() => {
    document.title = `${String(tab)} · ESP-MedSAM`;
  }, [tab]);
  return (
    <header class="page-head">
      <div>
        {crumb && <p class="crumb">{crumb}</p>}
        <h1 tabIndex={-1}>{title}</h1>
        {children && <p>{children}</p>}
      </div>
      {actions && <div class="row">{actions}</div>}
    </header>
  );
}
