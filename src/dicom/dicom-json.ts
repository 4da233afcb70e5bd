/** One attribute in the DICOM JSON model (PS3.18 Annex F). */
export interface DicomJsonAttribute {
  readonly vr?: string;
  readonly Value?: readonly unknown[];
  readonly BulkDataURI?: string;
  readonly InlineBinary?: string;
}

/** A data set in the DICOM JSON model: keys are eight upper-case hexadecimal digits. */
export type DicomJson = Readonly<Record<string, DicomJsonAttribute>>;

/** First value as trimmed string, or undefined when absent, empty or not a scalar. */
export function stringOf(dataset: DicomJson, tag: string): string | undefined {
  return stringsOf(dataset, tag)[0];
}

/** All scalar values as trimmed strings; empty ones are left out. */
export function stringsOf(dataset: DicomJson, tag: string): readonly string[] {
  return valuesOf(dataset, tag)
    .filter((value) => typeof value === 'string' || typeof value === 'number')
    .map((value) => String(value).trim())
    .filter((value) => value !== '');
}

/** First value as finite number (DS and IS may arrive as strings), or undefined. */
export function numberOf(dataset: DicomJson, tag: string): number | undefined {
  return numbersOf(dataset, tag)[0];
}

/** All values as numbers; what is not a finite number is left out. */
export function numbersOf(dataset: DicomJson, tag: string): readonly number[] {
  return stringsOf(dataset, tag)
    .map(Number)
    .filter((value) => Number.isFinite(value));
}

/** The items of a sequence; empty when absent. */
export function itemsOf(dataset: DicomJson, tag: string): readonly DicomJson[] {
  return valuesOf(dataset, tag).filter(
    (value): value is DicomJson => typeof value === 'object' && value !== null,
  );
}

/** An archive may write a lone value without the array that PS3.18 F.2.2 asks for. */
function valuesOf(dataset: DicomJson, tag: string): readonly unknown[] {
  const values: unknown = dataset[tag]?.Value ?? [];
  return Array.isArray(values) ? values : [values];
}
