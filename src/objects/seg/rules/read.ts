import {
  type DicomJson,
  itemsOf,
  type Keyword,
  numberOf,
  numbersOf,
  stringOf,
  stringsOf,
  tagOf,
} from '../../../dicom/index.js';

/** Accessors by keyword, for rules to read well. */
export const text = (dataset: DicomJson, keyword: Keyword) => stringOf(dataset, tagOf(keyword));
export const texts = (dataset: DicomJson, keyword: Keyword) => stringsOf(dataset, tagOf(keyword));
export const number = (dataset: DicomJson, keyword: Keyword) => numberOf(dataset, tagOf(keyword));
export const numbers = (dataset: DicomJson, keyword: Keyword) => numbersOf(dataset, tagOf(keyword));
export const items = (dataset: DicomJson, keyword: Keyword) => itemsOf(dataset, tagOf(keyword));
export const has = (dataset: DicomJson, keyword: Keyword) => dataset[tagOf(keyword)] !== undefined;

/** The items of a functional group for every frame: its own, else the shared ones. */
export function groupOfFrames(dataset: DicomJson, macro: Keyword): readonly (readonly DicomJson[])[] {
  const shared = items(dataset, 'SharedFunctionalGroupsSequence').flatMap((groups) => items(groups, macro));
  return items(dataset, 'PerFrameFunctionalGroupsSequence').map((groups) => {
    const own = items(groups, macro);
    return own.length > 0 ? own : shared;
  });
}

/** Source Image items of every frame. */
export function sourceImagesOfFrames(dataset: DicomJson): readonly (readonly DicomJson[])[] {
  return groupOfFrames(dataset, 'DerivationImageSequence').map((group) =>
    group.flatMap((item) => items(item, 'SourceImageSequence')),
  );
}

/** Tells whether a code sequence holds exactly the code `(value, scheme)`. */
export function hasCode(
  dataset: DicomJson,
  sequence: Keyword,
  code: { value: string; scheme: string },
): boolean {
  return items(dataset, sequence).some(
    (item) => text(item, 'CodeValue') === code.value && text(item, 'CodingSchemeDesignator') === code.scheme,
  );
}

/** `frame 3` or nothing: the first frame (1-based) for which a condition does not hold. */
export function firstFrame<T>(
  frames: readonly T[],
  holds: (frame: T, i: number) => boolean,
): string | undefined {
  const index = frames.findIndex((frame, i) => !holds(frame, i));
  return index < 0 ? undefined : `frame ${index + 1}`;
}
