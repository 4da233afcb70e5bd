const SECRET = /token|password|secret|pseudonymKey/i;
/** Maps of which the values may be secrets: only the names are shown. */
const SECRET_VALUES = new Set(['headers']);

/** A setting's value as an administrator may see it: secrets only as set or not, URLs without credentials. */
export function visibleValue(key: string, value: unknown): string | number | boolean | null {
  if (SECRET.test(key)) return value === '' || value === undefined ? 'not set' : 'set';
  if (SECRET_VALUES.has(key)) return Object.keys((value ?? {}) as object).join(', ');
  if (typeof value === 'string') return withoutCredentials(value);
  if (typeof value === 'number' || typeof value === 'boolean') return value;
  if (value instanceof Map) return JSON.stringify(Object.fromEntries(value));
  return value === undefined || value === null ? null : JSON.stringify(value);
}

function withoutCredentials(text: string): string {
  // Not by URL.parse alone: what it does not understand could still hold a password before the @.
  return text.replace(/^([a-z][a-z0-9+.-]*:\/\/)[^/?#]*@/i, '$1***@');
}
