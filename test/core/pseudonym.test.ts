import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { keyPseudonyms, pseudonym } from '../../src/core/index.js';

const UID = '1.2.840.10008.5.1';

describe('a pseudonym', () => {
  it('is the same for the same UID and key, and another with another key', () => {
    keyPseudonyms('one key of sixteen');
    const first = pseudonym(UID);
    expect(pseudonym(UID)).toBe(first);
    expect(pseudonym('1.2.840.10008.5.2')).not.toBe(first);
    keyPseudonyms('another key of sixteen');
    expect(pseudonym(UID)).not.toBe(first);
    keyPseudonyms('one key of sixteen');
    expect(pseudonym(UID)).toBe(first);
  });

  it('cannot be made by who has the UID alone', () => {
    expect(pseudonym(UID)).toMatch(/^[0-9a-f]{12}$/);
    expect(createHash('sha256').update(UID).digest('hex')).not.toContain(pseudonym(UID));
  });
});
