import { computed, signal } from '@preact/signals';
import { api, BASE, type Role, type Session, whenUnauthorised } from './api/index.js';
import { readChannels } from './channels.js';
import { closeStream, openStream } from './live.js';

/** Who looks; undefined until the gateway has said so. */
export const session = signal<Session | undefined>(undefined);

const ORDER: readonly Role[] = ['viewer', 'operator', 'admin'];
const rank = computed(() => (session.value?.role ? ORDER.indexOf(session.value.role) : -1));

/** Whether the user may do what needs this role. The gateway decides again; this only spares useless buttons. */
export const may = (role: Role): boolean => rank.value >= ORDER.indexOf(role);

/** Asks who we are. @throws ApiError when the gateway does not answer */
export async function readSession(): Promise<void> {
  whenUnauthorised(() => {
    if (session.value?.role) setSession({ ...session.value, role: null });
  });
  setSession(await api.session());
}

export async function signIn(token: string): Promise<void> {
  setSession({ ...(await api.signIn(token)), oidc: session.value?.oidc ?? false, open: false });
}

/** Leaves for the page of the OpenID Connect issuer, which leads back here. */
export function signInAtIssuer(): void {
  const here = location.pathname + location.search;
  location.assign(`${BASE}/session/oidc?returnTo=${encodeURIComponent(here)}`);
}

export async function signOut(): Promise<void> {
  await api.signOut();
  setSession({ role: null, name: null, scopes: [], oidc: session.value?.oidc ?? false, open: false });
}

function setSession(next: Session): void {
  session.value = next;
  if (next.role) {
    openStream();
    void readChannels();
  } else closeStream();
}
