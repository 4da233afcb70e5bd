/** Why a request was refused, for the log. */
export type RefusalReason =
  | 'WRONG_CREDENTIAL'
  | 'KEY_EXPIRED'
  | 'KEY_REVOKED'
  | 'TOKEN_EXPIRED'
  | 'TOKEN_AUDIENCE'
  | 'TOKEN_ISSUER'
  | 'TOKEN_CLAIMS'
  | 'TOKEN_SIGNATURE'
  | 'NO_CREDENTIAL'
  | 'NOT_ALLOWED'
  | 'TOO_MANY';

/** A credential that is none of ours, or is one no more. */
export interface Refused {
  readonly reason: RefusalReason;
  /** In words, for the caller. */
  readonly detail: string;
  /** Of an API key. */
  readonly keyId?: string;
}
