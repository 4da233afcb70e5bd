import { type DicomJson, itemsOf, stringOf, stringsOf, TAG } from '../dicom/index.js';
import { compilePattern } from './description-pattern.js';
import type { Condition } from './rules.js';

/** Characters of a text that patterns run over: what it says is said early. */
const MAX_TEXT = 1024;
/** Each of the texts has one value by the standard; a header made to slow us down has thousands. */
const MAX_VALUES = 4;

/** The attributes of an image that routing looks at, normalised for comparison. */
export interface HeaderFacts {
  readonly sopClass: string | undefined;
  readonly modality: string | undefined;
  readonly bodyPart: string | undefined;
  readonly regions: readonly string[];
  readonly stationName: string | undefined;
  readonly manufacturerModelName: string | undefined;
  /** Free text: never to be quoted in a reason. */
  readonly texts: readonly string[];
}

/** Reads the facts from DICOM JSON; body part and modality in upper case, names without spaces around. */
export function headerFacts(metadata: DicomJson): HeaderFacts {
  return {
    sopClass: stringOf(metadata, TAG.SOPClassUID),
    modality: stringOf(metadata, TAG.Modality)?.toUpperCase(),
    bodyPart: stringOf(metadata, TAG.BodyPartExamined)?.toUpperCase().replace(/\s+/g, ' '),
    regions: itemsOf(metadata, TAG.AnatomicRegionSequence).flatMap((item) => stringsOf(item, TAG.CodeValue)),
    stationName: stringOf(metadata, TAG.StationName)?.trim(),
    manufacturerModelName: stringOf(metadata, TAG.ManufacturerModelName)?.trim(),
    texts: [TAG.StudyDescription, TAG.SeriesDescription, TAG.ProtocolName].flatMap((tag) =>
      stringsOf(metadata, tag)
        .slice(0, MAX_VALUES)
        .map((text) => text.slice(0, MAX_TEXT)),
    ),
  };
}

type Check = (facts: HeaderFacts, entries: readonly string[]) => string | undefined;

/** How each key of a condition is looked for, and in what words it is told; these quote nothing but the rule itself. */
const CHECKS: Readonly<Record<keyof Condition, Check>> = {
  sopClass: ({ sopClass }, entries) => (includes(entries, sopClass) ? 'SOP class' : undefined),
  modality: ({ modality }, entries) => (includes(entries, modality) ? `Modality ${modality}` : undefined),
  bodyPart: ({ bodyPart }, entries) => (includes(entries, bodyPart) ? `body part ${bodyPart}` : undefined),
  region: ({ regions }, entries) =>
    regions.some((code) => includes(entries, code)) ? 'anatomic region code' : undefined,
  stationName: ({ stationName }, entries) => (includes(entries, stationName) ? 'station name' : undefined),
  manufacturerModelName: ({ manufacturerModelName }, entries) =>
    includes(entries, manufacturerModelName) ? 'model of the device' : undefined,
  description: ({ texts }, entries) =>
    entries.some((pattern) => matchesText(pattern, texts)) ? 'description' : undefined,
};
const KEYS = Object.keys(CHECKS) as (keyof Condition)[];

/** What made a condition hold, in words that quote nothing but entries of the rule itself. */
export function matchCondition(facts: HeaderFacts, when: Condition): readonly string[] | undefined {
  const found: string[] = [];
  for (const key of KEYS) {
    const entries = when[key];
    if (entries === undefined) continue;
    const words = CHECKS[key](facts, entries);
    if (words === undefined) return undefined;
    found.push(words);
  }
  return found.length === 0 ? undefined : found;
}

function includes(list: readonly string[], value: string | undefined): boolean {
  return value !== undefined && list.some((entry) => entry.toUpperCase() === value.toUpperCase());
}

function matchesText(pattern: string, texts: readonly string[]): boolean {
  const expression = compilePattern(pattern);
  return texts.some((text) => expression.matcher(text).find());
}
