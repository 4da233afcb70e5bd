import { describe, expect, it } from 'vitest';
import { bearerToken, isLoopback, secretMatcher } from '../../src/core/index.js';

describe('the token of a request', () => {
  it('is what follows the word Bearer, however that is written', () => {
    expect(bearerToken('Bearer abc.def')).toBe('abc.def');
    expect(bearerToken('bearer  abc')).toBe('abc');
  });

  it('is absent in any other header', () => {
    for (const header of [undefined, '', 'Bearer', 'Bearer ', 'Basic YWJj', 'Bearer a b', 'abc']) {
      expect(bearerToken(header)).toBeUndefined();
    }
  });
});

describe('a list of secrets', () => {
  const match = secretMatcher({ admin: 'first', operator: 'second', viewer: '' });

  it('names the one that was sent', () => {
    expect(match('first')).toBe('admin');
    expect(match('second')).toBe('operator');
  });

  it('matches nothing else, and never an empty one', () => {
    for (const sent of [undefined, '', 'firs', 'first ', 'FIRST', 'third'])
      expect(match(sent)).toBeUndefined();
  });
});

describe('loopback', () => {
  it('is what no other machine reaches', () => {
    for (const host of ['localhost', '127.0.0.1', '::1', '::ffff:127.0.0.1'])
      expect(isLoopback(host)).toBe(true);
    for (const host of ['0.0.0.0', '::', '10.0.0.1', 'localhost.example', ''])
      expect(isLoopback(host)).toBe(false);
  });
});
