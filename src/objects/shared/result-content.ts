import { createHash } from 'node:crypto';
import { type DicomJson, itemsOf, stringOf, TAG, tagOf } from '../../dicom/index.js';
import { personName } from './person-name.js';

/**
 * What makes a SEG or report of ours the one that it is, by keyword: whose it is, what it outlines, what it was made of,
 * and its masks or measurements. Dates and what an archive may write in several ways are left out.
 */
export type ResultContent = Readonly<Record<string, string>>;

const VALUES = [
  'SOPClassUID',
  'StudyInstanceUID',
  'SeriesInstanceUID',
  'SOPInstanceUID',
  'PatientID',
  'PatientBirthDate',
  'PatientSex',
  'DeviceSerialNumber',
  'Rows',
  'Columns',
  'NumberOfFrames',
] as const;

/** What tells two results with the same content apart. */
const OWN_UIDS: readonly string[] = ['SeriesInstanceUID', 'SOPInstanceUID'];

/**
 * @param dataset a result as it was built, or as an archive returns it
 * @param pixels its Pixel Data; undefined where it has none or the archive does not give it
 */
export function resultContent(dataset: DicomJson, pixels: Uint8Array | undefined): ResultContent {
  const values = VALUES.map((keyword) => [keyword, plain(stringOf(dataset, tagOf(keyword)) ?? '')] as const);
  const name: unknown = dataset[TAG.PatientName]?.Value?.[0];
  return {
    ...Object.fromEntries(values),
    PatientName: plain(personName(name).split('=')[0]!).replace(/\^+$/, ''),
    SegmentSequence: itemsOf(dataset, TAG.SegmentSequence)
      .map((item) => stringOf(item, TAG.TrackingUID) ?? '')
      .join(),
    PerFrameFunctionalGroupsSequence: sha256(JSON.stringify(framesOf(dataset))),
    ContentSequence: sha256(JSON.stringify(contentOf(dataset))),
    ...(pixels && { PixelData: sha256(pixels) }),
  };
}

/** Keywords in which two results differ; Pixel Data that only one of them has is not compared. */
export function contentDifferences(
  one: ResultContent,
  other: ResultContent,
  ignored: readonly string[] = [],
): string[] {
  const keywords = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return keywords.filter((keyword) => {
    if (ignored.includes(keyword)) return false;
    const pair = [one[keyword], other[keyword]];
    return pair[0] !== pair[1] && !(keyword === 'PixelData' && pair.includes(undefined));
  });
}

/** Whether two results say the same of the same pictures of the same patient, under whatever UIDs of their own. */
export const isSameResult = (one: ResultContent, other: ResultContent): boolean =>
  one.PixelData === other.PixelData && contentDifferences(one, other, OWN_UIDS).length === 0;

/** One number for a content. @returns SHA-256, hexadecimal */
export function contentSha256(content: ResultContent): string {
  return sha256(JSON.stringify(Object.entries(content).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** Printable ASCII only: archives convert the other characters in their own ways, or fail to. */
const plain = (text: string) => text.replaceAll(/[^\x20-\x7e]/g, '').trim();

const sha256 = (data: string | Uint8Array) => createHash('sha256').update(data).digest('hex');

/** Which frame of which source each frame of a SEG was made of. */
function framesOf(dataset: DicomJson): string[] {
  return itemsOf(dataset, TAG.PerFrameFunctionalGroupsSequence).map((groups) => {
    const image =
      itemsOf(itemsOf(groups, TAG.DerivationImageSequence)[0] ?? {}, TAG.SourceImageSequence)[0] ?? {};
    const frame = stringOf(image, TAG.ReferencedFrameNumber) ?? '';
    return `${stringOf(image, TAG.ReferencedSOPInstanceUID)} ${frame}`;
  });
}

/** What a report says: codes, numbers and UIDs of its content items, in order. */
function contentOf(dataset: DicomJson): unknown[] {
  return itemsOf(dataset, TAG.ContentSequence).map((item) => {
    const code = (tag: string) => stringOf(itemsOf(item, tag)[0] ?? {}, TAG.CodeValue) ?? '';
    const measured = itemsOf(item, TAG.MeasuredValueSequence).map((value) =>
      Number(stringOf(value, TAG.NumericValue)),
    );
    return [code(TAG.ConceptNameCodeSequence), stringOf(item, TAG.UID) ?? '', measured, contentOf(item)];
  });
}
