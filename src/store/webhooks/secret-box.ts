import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto';
import { AppError } from '../../core/index.js';

/** Keeps secrets so that who reads Redis, or a backup of it, does not have them. */
export interface SecretBox {
  close(secret: string): string;
  /** @throws AppError `LEDGER_UNREADABLE` when it was closed with another key */
  open(kept: string): string;
}

const MARK = 'aes-256-gcm:';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * AES-256-GCM with a key made of the setting by HKDF-SHA256 (RFC 5869). What was kept before there was a key is read as it is.
 * @param key the setting webhooks.secretKey; empty: secrets are kept as they are
 */
export function openSecretBox(key: string): SecretBox {
  const derived = Buffer.from(hkdfSync('sha256', key, '', 'esp-medsam webhook secrets', 32));
  return {
    close(secret) {
      if (key === '') return secret;
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', derived, nonce);
      const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
      return MARK + Buffer.concat([nonce, cipher.getAuthTag(), text]).toString('base64');
    },
    open(kept) {
      if (!kept.startsWith(MARK)) return kept;
      const bytes = Buffer.from(kept.slice(MARK.length), 'base64');
      try {
        const decipher = createDecipheriv('aes-256-gcm', derived, bytes.subarray(0, NONCE_BYTES));
        decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
        const text = decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES));
        return Buffer.concat([text, decipher.final()]).toString('utf8');
      } catch (cause) {
        throw new AppError(
          'LEDGER_UNREADABLE',
          "A webhook's secret was encrypted with another webhooks.secretKey",
          {
            cause,
            settings: ['webhooks.secretKey'],
          },
        );
      }
    },
  };
}
