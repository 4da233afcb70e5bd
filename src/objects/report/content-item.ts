import type { DicomJson } from '../../dicom/index.js';
import { codeItem } from '../shared/codes.js';
import { elements } from '../shared/elements.js';
import type { Code } from '../seg/index.js';

/** How an item belongs to the one above it (PS3.3 Table C.17.3.2). */
export type Relationship = 'CONTAINS' | 'HAS OBS CONTEXT' | 'HAS CONCEPT MOD';

/** An item of the content tree (PS3.3 C.17.3), before it is put in a place. */
export type ContentItem = (relationship?: Relationship) => DicomJson;

/** A heading with items below it; the root of a template names it. */
export function container(name: Code, content: readonly DicomJson[], template?: string): ContentItem {
  return item('CONTAINER', name, () => ({
    ...elements({ ContinuityOfContent: 'SEPARATE' }),
    ...(template === undefined ? {} : templateOf(template)),
    ...elements({ ContentSequence: content }),
  }));
}

export const codeValue = (name: Code, value: Code): ContentItem =>
  item('CODE', name, () => elements({ ConceptCodeSequence: codeItem(value) }));

export const textValue = (name: Code, value: string): ContentItem =>
  item('TEXT', name, () => elements({ TextValue: value }));

export const uidValue = (name: Code, value: string): ContentItem =>
  item('UIDREF', name, () => elements({ UID: value }));

/** @param reference item of Referenced SOP Sequence */
export const imageValue = (name: Code, reference: DicomJson): ContentItem =>
  item('IMAGE', name, () => elements({ ReferencedSOPSequence: reference }));

export const numberValue = (name: Code, value: number, unit: Code): ContentItem =>
  item('NUM', name, () =>
    elements({
      MeasuredValueSequence: elements({
        NumericValue: value,
        MeasurementUnitsCodeSequence: codeItem(unit),
      }),
    }),
  );

function item(valueType: string, name: Code, value: () => DicomJson): ContentItem {
  return (relationship) => ({
    ...elements({ RelationshipType: relationship, ValueType: valueType }),
    ...elements({ ConceptNameCodeSequence: codeItem(name) }),
    ...value(),
  });
}

function templateOf(identifier: string): DicomJson {
  return elements({
    ContentTemplateSequence: elements({ MappingResource: 'DCMR', TemplateIdentifier: identifier }),
  });
}
