/** Words and small values every room shares. Imports nothing of ours. */
export { atMostEvery } from './at-most-every.js';
export { bearerToken, secretMatcher } from './bearer.js';
export {
  type AdminScope,
  type Caller,
  levelOf,
  LEVELS,
  type Scope,
  SCOPES,
  type StudyRestriction,
} from './caller.js';
export { type Channel, channelName } from './channel.js';
export {
  AppError,
  ERROR_SCOPES,
  type ErrorCode,
  errorCodeOf,
  type ErrorPolicy,
  ERRORS,
  toAppError,
} from './errors.js';
export {
  type Outcome,
  OUTCOMES,
  type ResultQuality,
  type RouteDecision,
  type UnitResult,
} from './outcome.js';
export { groupBy } from './group-by.js';
export { isLoopback } from './loopback.js';
export { MANUFACTURER, MANUFACTURER_MODEL_NAME } from './own-names.js';
export { type Problem, problemOf } from './problem.js';
export { keyPseudonyms, pseudonym } from './pseudonym.js';
export type { EncodedFrame, LookUpTable, Mask, PictureRegion, PixelDescription, Raster } from './raster.js';
export { isSelfTestStudy, newSelfTestStudy } from './self-test-study.js';
export { deriveUid, isUid, parseUid, type Uid } from './uid.js';
export type { Device, UnitObservation } from './unit-observation.js';
export { within } from './within.js';
export { WRITE_TEST_STUDY } from './write-test-study.js';
