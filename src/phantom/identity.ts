import { deriveUid, type Uid } from '../core/index.js';

/** The UIDs of one phantom instance. */
export interface PhantomIdentity {
  readonly studyInstanceUid: Uid;
  readonly seriesInstanceUid: Uid;
  readonly sopInstanceUid: Uid;
  readonly frameOfReferenceUid: Uid;
  readonly instanceNumber: number;
}

/** What a phantom's UIDs are derived from. */
export interface IdentityDependencies {
  /** Sets one run's studies apart from another's. */
  readonly salt: string;
  /** Instances with the same study name belong together. */
  readonly study: string;
  readonly seriesNumber: number;
  readonly instanceNumber: number;
}

/** Derives the UIDs: the same parts give the same study, series and instance on every machine. */
export function identityOf({
  salt,
  study,
  seriesNumber,
  instanceNumber,
}: IdentityDependencies): PhantomIdentity {
  const parts = ['phantom', salt, study];
  const series = [...parts, `series ${seriesNumber}`];
  return {
    studyInstanceUid: deriveUid(...parts),
    seriesInstanceUid: deriveUid(...series),
    sopInstanceUid: deriveUid(...series, `instance ${instanceNumber}`),
    frameOfReferenceUid: deriveUid(...parts, 'frame of reference'),
    instanceNumber,
  };
}
