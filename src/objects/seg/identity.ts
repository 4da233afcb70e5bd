import { deriveUid, type Uid } from '../../core/index.js';
import { stringOf, TAG } from '../../dicom/index.js';
import type { SegInput } from './types.js';

/** What the identity depends on. Masks, dates and the version of this software are not part of it. */
export type SegIdentityInput = Pick<SegInput, 'sources' | 'segment' | 'algorithm' | 'profile' | 'form'>;

/** Every UID a SEG brings along. */
export interface SegIdentity {
  readonly seriesInstanceUid: Uid;
  readonly sopInstanceUid: Uid;
  /** Depends on the sources only: all SEGs of one display unit lie in the same pixel grid. */
  readonly frameOfReferenceUid: Uid;
  readonly trackingUid: Uid;
  readonly dimensionOrganizationUid: Uid;
}

/**
 * Derives the UIDs of a SEG, so that processing the same thing twice stores the same object; callable before
 * anything is computed. Other weights, parameters or codes give other UIDs.
 */
export function segIdentity({ sources, segment, algorithm, profile, form }: SegIdentityInput): SegIdentity {
  const sourceUids = sources.map((source) => stringOf(source, TAG.SOPInstanceUID) ?? '').sort();
  const codes = [segment.category, segment.type, segment.region].map((code) =>
    code ? [code.value, code.scheme, code.meaning] : null,
  );
  const parameters = [
    algorithm.weightsSha256.toLowerCase(),
    algorithm.channel,
    String(algorithm.threshold),
    ...(algorithm.tiles === 1 ? [] : [`${algorithm.tiles} tiles`]),
    ...(algorithm.views === 1 ? [] : [`${algorithm.views} views`]),
    algorithm.preprocessingVersion,
    ...(algorithm.steps ?? []),
    form === 'binary' ? profile : `${profile} ${form}`,
    JSON.stringify([segment.label, segment.description, codes, segment.color]),
  ];
  const derive = (role: string) => deriveUid('esp-medsam-seg', role, ...parameters, ...sourceUids);
  return {
    seriesInstanceUid: derive('series'),
    sopInstanceUid: derive('instance'),
    frameOfReferenceUid: deriveUid('esp-medsam-seg', 'frame-of-reference', ...sourceUids),
    trackingUid: derive('tracking'),
    dimensionOrganizationUid: derive('dimension-organization'),
  };
}
