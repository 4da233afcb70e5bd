import { deriveUid, type Uid } from '../../core/index.js';
import { type DicomJson, stringOf, TAG, tagOf } from '../../dicom/index.js';
import { personName } from '../shared/person-name.js';
import type { SegInput } from './types.js';

/**
 * What the identity depends on. Masks, dates and the version of this software are not part of it: masks follow from the
 * rest.
 */
export type SegIdentityInput = Pick<
  SegInput,
  'sources' | 'pictures' | 'segment' | 'algorithm' | 'profile' | 'form'
>;

/** Every UID a SEG brings along. */
export interface SegIdentity {
  readonly seriesInstanceUid: Uid;
  readonly sopInstanceUid: Uid;
  /** Depends on the sources only: all SEGs of one display unit lie in the same pixel grid. */
  readonly frameOfReferenceUid: Uid;
  /** Of what is outlined: stays the same when an archive corrects the patient or moves the study. */
  readonly trackingUid: Uid;
  readonly dimensionOrganizationUid: Uid;
}

/**
 * Derives the UIDs of a SEG, so that processing the same thing twice stores the same object. Other pictures under the same
 * UIDs, another patient or study, other weights, parameters or codes give other UIDs.
 */
export function segIdentity(input: SegIdentityInput): SegIdentity {
  const { sources, pictures, segment, algorithm, profile, form } = input;
  const sourceUids = sources.map((source) => stringOf(source, TAG.SOPInstanceUID) ?? '').sort();
  const subject = subjectOf(sources[0]!);
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
  const of = [...parameters, pictures.toLowerCase(), ...sourceUids];
  const derive = (role: string) => deriveUid('esp-medsam-seg', role, ...subject, ...of);
  return {
    seriesInstanceUid: derive('series'),
    sopInstanceUid: derive('instance'),
    frameOfReferenceUid: deriveUid('esp-medsam-seg', 'frame-of-reference', subject[0]!, ...sourceUids),
    trackingUid: deriveUid('esp-medsam-seg', 'tracking', ...of),
    dimensionOrganizationUid: derive('dimension-organization'),
  };
}

/** Study and patient: two studies may share SOP Instance UIDs, and a corrected patient is another one. */
function subjectOf(source: DicomJson): string[] {
  const keywords = [
    'StudyInstanceUID',
    'PatientID',
    'IssuerOfPatientID',
    'PatientBirthDate',
    'PatientSex',
  ] as const;
  const name: unknown = source[tagOf('PatientName')]?.Value?.[0];
  return [
    ...keywords.map((keyword) => stringOf(source, tagOf(keyword)) ?? ''),
    name === undefined ? '' : personName(name),
  ];
}
