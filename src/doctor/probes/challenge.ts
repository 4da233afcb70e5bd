/** What an answer 401 asks for (RFC 9110 §11.6.1). */
export interface Challenge {
  /** Schemes in lower case, in their order: `basic`, `bearer`, `negotiate`, … */
  readonly schemes: readonly string[];
  /** The code of RFC 6750 §3.1 with which a Bearer token was refused. */
  readonly error: string | undefined;
  /** The scope that a token should have, as RFC 6750 §3 lets the server name it. */
  readonly scope: string | undefined;
}

/** A quoted string is skipped as a whole: a comma or a word in it begins no scheme. */
const PART =
  /([A-Za-z][A-Za-z0-9!#$%&'*+.^_`|~-]*)(\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s,"]*)))?|"(?:[^"\\]|\\.)*"/g;
const SCHEMES = new Set([
  'basic',
  'bearer',
  'digest',
  'dpop',
  'negotiate',
  'ntlm',
  'hoba',
  'mutual',
  'aws4-hmac-sha256',
]);

/** Reads the header `WWW-Authenticate`; of what it does not understand it makes nothing. */
export function readChallenge(header: string): Challenge {
  const schemes: string[] = [];
  const values = new Map<string, string>();
  for (const [, name, assigned, quoted, plain] of header.matchAll(PART)) {
    if (name === undefined) continue;
    const word = name.toLowerCase();
    if (assigned !== undefined) values.set(word, quoted ?? plain ?? '');
    else if (SCHEMES.has(word)) schemes.push(word);
  }
  const shown = (name: string, form: RegExp) => {
    const value = values.get(name);
    return value !== undefined && form.test(value) ? value : undefined;
  };
  return {
    schemes,
    error: shown('error', /^[a-z_]{1,40}$/),
    scope: shown('scope', /^[\x21\x23-\x5b\x5d-\x7e ]{1,200}$/),
  };
}
