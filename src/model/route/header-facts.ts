import { TAG, itemsOf, stringOf, stringsOf, type DicomJson } from '../../core/index.js';
import type { Condition } from './rules.js';

const PROTOCOL_NAME = '00181030';
const CODE_VALUE = '00080100';
/** Longer texts are cut: what they say is said early, and patterns run over them. */
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
    regions: itemsOf(metadata, TAG.AnatomicRegionSequence).flatMap((item) => stringsOf(item, CODE_VALUE)),
    stationName: stringOf(metadata, TAG.StationName)?.trim(),
    manufacturerModelName: stringOf(metadata, TAG.ManufacturerModelName)?.trim(),
    texts: [TAG.StudyDescription, TAG.SeriesDescription, PROTOCOL_NAME].flatMap((tag) =>
      stringsOf(metadata, tag)
        .slice(0, MAX_VALUES)
        .map((text) => text.slice(0, MAX_TEXT)),
    ),
  };
}

/** What made a condition hold, in words that quote nothing but entries of the rule itself. */
export function matchCondition(facts: HeaderFacts, when: Condition): readonly string[] | undefined {
  const { sopClass, modality, bodyPart, stationName, manufacturerModelName } = facts;
  const checks: readonly (string | undefined)[] = [
    when.sopClass && (includes(when.sopClass, sopClass) ? 'SOP class' : undefined),
    when.modality && (includes(when.modality, modality) ? `Modality ${modality}` : undefined),
    when.bodyPart && (includes(when.bodyPart, bodyPart) ? `body part ${bodyPart}` : undefined),
    when.region &&
      (facts.regions.some((code) => includes(when.region!, code)) ? 'anatomic region code' : undefined),
    when.stationName && (includes(when.stationName, stationName) ? 'station name' : undefined),
    when.manufacturerModelName &&
      (includes(when.manufacturerModelName, manufacturerModelName) ? 'model of the device' : undefined),
    when.description &&
      (when.description.some((p) => matchesText(p, facts.texts)) ? 'description' : undefined),
  ];
  const asked = [
    when.sopClass,
    when.modality,
    when.bodyPart,
    when.region,
    when.stationName,
    when.manufacturerModelName,
    when.description,
  ];
  const missed = checks.some((found, i) => asked[i] !== undefined && found === undefined);
  if (missed || asked.every((key) => key === undefined)) return undefined;
  return checks.filter((found) => found !== undefined);
}

function includes(list: readonly string[], value: string | undefined): boolean {
  return value !== undefined && list.some((entry) => entry.toUpperCase() === value.toUpperCase());
}

function matchesText(pattern: string, texts: readonly string[]): boolean {
  const expression = new RegExp(pattern, 'i');
  return texts.some((text) => expression.test(text));
}
