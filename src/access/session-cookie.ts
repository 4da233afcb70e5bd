import { SESSION_SECONDS } from '../store/index.js';

const NAME = 'esp_session';

/** The session id in a request's `Cookie` header, if it looks like one of ours. */
export function sessionIdIn(header: string | undefined): string | undefined {
  const pair = new RegExp(`(?:^|;\\s*)${NAME}=([A-Za-z0-9_-]{43})(?:;|$)`);
  return pair.exec(header ?? '')?.[1];
}

/** `Set-Cookie` of a new session: no script reads it, no other site sends it. */
export function sessionCookie(id: string, isSecure: boolean): string {
  return cookie(id, SESSION_SECONDS, isSecure);
}

/** `Set-Cookie` that removes it. */
export function noSessionCookie(isSecure: boolean): string {
  return cookie('', 0, isSecure);
}

const cookie = (value: string, maxAge: number, isSecure: boolean) =>
  `${NAME}=${value}; Path=/; Max-Age=${maxAge}; HttpOnly; SameSite=Strict${isSecure ? '; Secure' : ''}`;
