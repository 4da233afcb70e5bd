/** OpenID Connect: access tokens of machines, sign-in of people. */
export { claimedSubject, isJwt, verifyAccessToken } from './access-token.js';
export { openIssuer } from './issuer.js';
export { noPendingCookie, type OidcSignIn, openOidcSignIn, pendingCookie, pendingIn } from './sign-in.js';
