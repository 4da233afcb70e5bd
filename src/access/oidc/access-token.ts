import { decodeJwt, errors, jwtVerify } from 'jose';
import type { Settings } from '../../config/index.js';
import { AppError } from '../../core/index.js';
import type { SessionGrant } from '../../store/index.js';
import type { Refused } from '../refused.js';
import { type IssuerDescription, unreachable } from './issuer.js';
import { nameOfClaims, rolesOfClaims } from './roles-of-claims.js';

/** Signatures by a key pair; with a shared secret a public key could be taken for one, and `none` is no signature. */
const ALGORITHMS = ['RS256', 'RS384', 'RS512', 'PS256', 'PS384', 'PS512', 'ES256', 'ES384', 'ES512', 'EdDSA'];
const FORM = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*$/;
const MAX_LENGTH = 16_384;

/** True for a text of a JWT's form (RFC 7519). */
export const isJwt = (token: string): boolean => token.length <= MAX_LENGTH && FORM.test(token);

/** Who a JWT says it is about; nothing is proven by it. */
export function claimedSubject(token: string): string | undefined {
  try {
    return decodeJwt(token).sub;
  } catch {
    return undefined;
  }
}

/**
 * Who an access token stands for: signed by the issuer, for our audience, within its time.
 * @throws AppError `ISSUER_UNREACHABLE`
 */
export async function verifyAccessToken(
  token: string,
  settings: Settings['oidc'],
  describe: () => Promise<IssuerDescription>,
): Promise<SessionGrant | Refused> {
  if (settings.audience === '') {
    return { reason: 'TOKEN_AUDIENCE', detail: 'No access tokens are taken: oidc.audience is not set' };
  }
  const { configuration, keys } = await describe();
  try {
    const { payload } = await jwtVerify(token, keys, {
      issuer: configuration.serverMetadata().issuer,
      audience: settings.audience,
      clockTolerance: settings.clockSkewSeconds,
      algorithms: ALGORITHMS,
      requiredClaims: ['exp', 'sub'],
    });
    return {
      source: 'oidc',
      name: nameOfClaims(settings, payload),
      roles: rolesOfClaims(settings, payload) ?? [],
    };
  } catch (error) {
    if (error instanceof AppError) throw error;
    return refusalOf(error);
  }
}

/** @throws AppError `ISSUER_UNREACHABLE` when it is not the token's fault */
function refusalOf(error: unknown): Refused {
  if (error instanceof errors.JWTExpired) return { reason: 'TOKEN_EXPIRED', detail: 'The token has expired' };
  if (error instanceof errors.JWTClaimValidationFailed) {
    if (error.claim === 'aud') return { reason: 'TOKEN_AUDIENCE', detail: 'The token is for somebody else' };
    if (error.claim === 'iss') return { reason: 'TOKEN_ISSUER', detail: 'The token is of another issuer' };
    return { reason: 'TOKEN_CLAIMS', detail: 'The token lacks a claim, or is not valid yet' };
  }
  const isOfToken =
    error instanceof errors.JWSSignatureVerificationFailed ||
    error instanceof errors.JWSInvalid ||
    error instanceof errors.JWTInvalid ||
    error instanceof errors.JWKSNoMatchingKey ||
    error instanceof errors.JWKSMultipleMatchingKeys ||
    error instanceof errors.JOSEAlgNotAllowed ||
    error instanceof errors.JOSENotSupported;
  if (isOfToken) return { reason: 'TOKEN_SIGNATURE', detail: 'The token is not signed by the issuer' };
  throw unreachable(error);
}
