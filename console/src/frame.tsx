import type { ComponentChildren } from 'preact';
import { useLocation } from 'preact-iso';
import { useEffect, useState } from 'preact/hooks';
import { api, type Role, type Session } from './api/index.js';
import { stream } from './live.js';
import { Icon, type IconName } from './parts/icon.js';
import { say } from './parts/toast.js';
import { watchHealth } from './health.js';
import { HealthBanner, HealthLight } from './parts/health-light.js';
import { KeyboardHelp } from './parts/keyboard-help.js';
import { useResource } from './resource.js';
import { may, session, signOut } from './session.js';
import { theme, type Theme } from './theme.js';

interface Entry {
  readonly path: string;
  readonly text: string;
  readonly icon: IconName;
  readonly role?: Role;
}

const GROUPS: readonly { readonly title: string; readonly entries: readonly Entry[] }[] = [
  {
    title: 'Watch',
    entries: [
      { path: '/', text: 'Live', icon: 'pulse' },
      { path: '/studies', text: 'Studies', icon: 'list' },
      { path: '/quarantine', text: 'Quarantine', icon: 'shield' },
      { path: '/drift', text: 'Drift', icon: 'trend' },
    ],
  },
  {
    title: 'Steer',
    entries: [
      { path: '/models', text: 'Models', icon: 'model' },
      { path: '/routing', text: 'Routing', icon: 'route' },
      { path: '/webhooks', text: 'Webhooks', icon: 'hook', role: 'admin' },
    ],
  },
  {
    title: 'Check',
    entries: [
      { path: '/doctor', text: 'Doctor', icon: 'stethoscope' },
      { path: '/settings', text: 'Settings', icon: 'sliders', role: 'admin' },
      { path: '/audit', text: 'Audit', icon: 'scroll', role: 'admin' },
    ],
  },
];

/** Navigation and the place for a page. On a narrow screen the navigation folds into a button. */
export function Frame({ children }: { children: ComponentChildren }) {
  const { path } = useLocation();
  const [open, setOpen] = useState(false);
  useEffect(() => setOpen(false), [path]);
  useEffect(watchHealth, []);
  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <div class="frame">
        <header class="side" data-open={open || undefined}>
          <div class="row" style={{ flexWrap: 'nowrap' }}>
            <Brand />
            <button
              type="button"
              class="button small menu-button"
              aria-expanded={open}
              aria-controls="navigation"
              onClick={() => setOpen(!open)}
            >
              <Icon name={open ? 'cross' : 'menu'} />
              Menu
            </button>
          </div>
          <nav id="navigation" class="nav" aria-label="Console">
            {GROUPS.map(({ title, entries }) => (
              <div key={title}>
                <h2>{title}</h2>
                {entries
                  .filter(({ role }) => role === undefined || may(role))
                  .map((entry) => (
                    <NavLink key={entry.path} entry={entry} current={isCurrent(entry.path, path)} />
                  ))}
              </div>
            ))}
            <div>
              <h2>Elsewhere</h2>
              <a href="/viewer/">
                <Icon name="image" />
                OHIF viewer
              </a>
              {may('operator') && (
                <a href="/admin/queues">
                  <Icon name="queue" />
                  Queue's insides
                </a>
              )}
              <a href="/admin/v1/docs">
                <Icon name="external" />
                REST interface
              </a>
            </div>
          </nav>
          <Foot />
        </header>
        <main id="main" tabIndex={-1}>
          <HealthBanner />
          {children}
        </main>
      </div>
      <KeyboardHelp />
    </>
  );
}

const isCurrent = (entry: string, path: string) =>
  entry === '/' ? path === '/' : path === entry || path.startsWith(`${entry}/`);

export function Brand() {
  return (
    <a class="brand" href="/">
      <img src="/favicon.svg" width={30} height={30} alt="" />
      <span>
        ESP-MedSAM
        <small>for Orthanc</small>
      </span>
    </a>
  );
}

function NavLink({ entry, current }: { entry: Entry; current: boolean }) {
  return (
    <a href={entry.path} aria-current={current ? 'page' : undefined}>
      <Icon name={entry.icon} />
      {entry.text}
      {entry.path === '/quarantine' && <QuarantineCount />}
    </a>
  );
}

function QuarantineCount() {
  const { data } = useResource((signal) => api.quarantine({ limit: 1 }, signal), [], {
    topics: ['study'],
    seconds: 60,
  });
  const total = data?.total ?? 0;
  if (total === 0) return null;
  return (
    <span class="count">
      {total}
      <span class="hidden"> failed</span>
    </span>
  );
}

function Foot() {
  const who = session.value;
  return (
    <div class="side-foot">
      <HealthLight />
      <LiveSign />
      <ThemeSwitch />
      <div class="row apart">
        <span class="muted">{whoText(who)}</span>
        {who?.role && !who.open && (
          <button
            type="button"
            class="button plain small"
            onClick={() => signOut().catch(() => say('bad', 'Signing out did not work'))}
          >
            <Icon name="door" size={14} />
            Sign out
          </button>
        )}
      </div>
      <p class="faint">Research software, not for clinical use.</p>
    </div>
  );
}

const whoText = (who: Session | undefined) => {
  if (who?.open) return 'No sign-in on this machine';
  return who?.role ? `Signed in: ${who.role}` : 'Who you are cannot be looked up now';
};

function LiveSign() {
  const text = { connecting: 'Connecting …', streaming: 'Live', polling: 'Reads every 4 s' }[stream.value];
  return (
    <span class="live-dot" role="status">
      <Icon name={stream.value === 'streaming' ? 'pulse' : 'retry'} size={14} />
      <span class="hidden">Updates: </span>
      {text}
    </span>
  );
}

const THEMES: readonly { value: Theme; text: string; icon: IconName }[] = [
  { value: 'light', text: 'Light', icon: 'sun' },
  { value: 'system', text: 'As the system', icon: 'screen' },
  { value: 'dark', text: 'Dark', icon: 'moon' },
];

export function ThemeSwitch() {
  return (
    <div class="segments" role="group" aria-label="Colours">
      {THEMES.map(({ value, text, icon }) => (
        <button
          key={value}
          type="button"
          aria-pressed={theme.value === value}
          title={text}
          onClick={() => (theme.value = value)}
        >
          <Icon name={icon} size={15} />
          <span class="hidden">{text}</span>
        </button>
      ))}
    </div>
  );
}
