import { ATTRIBUTES, type DicomJson, type Keyword } from '../../dicom/index.js';

/** A person's name as DICOM JSON has it. */
interface PersonName {
  readonly Alphabetic: string;
}

type Single = string | number | PersonName | DicomJson;
export type ElementValues = { readonly [key in Keyword]?: Single | readonly Single[] | undefined };

/**
 * Builds a data set (or sequence item) in the DICOM JSON model from keywords. `undefined` leaves the attribute out,
 * an empty array writes it empty (type 2).
 */
export function elements(values: ElementValues): DicomJson {
  const dataset: Record<string, { vr: string; Value: readonly Single[] }> = {};
  for (const [keyword, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const [tag, vr] = ATTRIBUTES[keyword as Keyword];
    dataset[tag] = { vr, Value: isList(value) ? value : [value] };
  }
  return dataset;
}

function isList(value: Single | readonly Single[]): value is readonly Single[] {
  return Array.isArray(value);
}
