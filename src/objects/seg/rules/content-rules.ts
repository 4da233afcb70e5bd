import { ATTRIBUTES, type DicomJson, itemsOf, tagOf } from '../../../dicom/index.js';
import { has, text } from './read.js';
import type { Rule } from './rule.js';

const OWN_TEXTS = [
  'SeriesDescription',
  'ContentDescription',
  'Manufacturer',
  'ManufacturerModelName',
] as const;

/** What a person reads, and codes. */
export const contentRules: readonly Rule[] = [
  {
    id: 'content-label',
    broken: ({ dataset }) =>
      /^[A-Z0-9_ ]{1,16}$/.test(text(dataset, 'ContentLabel') ?? '')
        ? undefined
        : 'ContentLabel is not 1 to 16 capitals, digits, spaces or underscores',
  },
  {
    id: 'content-creator',
    broken: ({ dataset }) =>
      has(dataset, 'ContentCreatorName') ? undefined : 'ContentCreatorName is absent',
  },
  {
    id: 'texts',
    broken: ({ dataset }) => {
      const wrong = OWN_TEXTS.filter((keyword) => {
        const length = [...(text(dataset, keyword) ?? '')].length;
        return length === 0 || length > 64;
      });
      return wrong.length > 0 ? `empty or longer than 64 characters: ${wrong.join(', ')}` : undefined;
    },
  },
  {
    id: 'codes-complete',
    broken: ({ dataset }) => {
      const sequence = incompleteCode(dataset);
      return sequence === undefined ? undefined : `incomplete or too long code in ${sequence}`;
    },
  },
];

// Only sequences that we write ourselves; what is carried over from the source is not ours to correct.
const CODE_SEQUENCES = Object.entries(ATTRIBUTES)
  .filter(
    ([keyword, [, vr]]) =>
      vr === 'SQ' && (keyword.endsWith('CodeSequence') || keyword === 'AnatomicRegionSequence'),
  )
  .map(([, [tag]]) => tag as string);
const OWN_SEQUENCES: readonly string[] = Object.values(ATTRIBUTES)
  .filter(([, vr]) => vr === 'SQ')
  .map(([tag]) => tag);

function incompleteCode(dataset: DicomJson): string | undefined {
  for (const tag of Object.keys(dataset)) {
    if (!OWN_SEQUENCES.includes(tag)) continue;
    for (const item of itemsOf(dataset, tag)) {
      const wrong = CODE_SEQUENCES.includes(tag) && !isComplete(item) ? tag : incompleteCode(item);
      if (wrong !== undefined) return wrong;
    }
  }
  return undefined;
}

function isComplete(code: DicomJson): boolean {
  const limits = { CodeValue: 16, CodingSchemeDesignator: 16, CodeMeaning: 64 } as const;
  return (Object.keys(limits) as (keyof typeof limits)[]).every((keyword) => {
    const length = [...(text(code, keyword) ?? '')].length;
    return code[tagOf(keyword)] !== undefined && length > 0 && length <= limits[keyword];
  });
}
