import { environmentName } from '../config/index.js';

/** One of our settings with the environment variable that sets it: `archive.tag (ESP_ARCHIVE_TAG)`. */
export function settingName(name: `${string}.${string}`): string {
  const [section, key] = name.split('.') as [string, string];
  return `${name} (${environmentName(section, key)})`;
}

/** An address for people: without user, password and query. */
export function shownUrl(url: string): string {
  try {
    const { protocol, host, pathname } = new URL(url);
    return `${protocol}//${host}${pathname === '/' ? '' : pathname}`;
  } catch {
    return 'an address that is not a URL';
  }
}
