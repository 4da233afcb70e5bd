import { MANUFACTURER, MANUFACTURER_MODEL_NAME } from '../core/index.js';
import { derivedObject, type DicomJson, stringOf, stringsOf, TAG } from '../dicom/index.js';
import { headerFacts } from './header-facts.js';
import type { RoutingRules } from './rules.js';

/** What an instance is to us. Only an `image` goes on; the reasons hold no health data. */
export type SourceClass =
  | { readonly kind: 'image'; readonly sopClassName: string }
  | { readonly kind: 'own-output' | 'derived' | 'unsupported'; readonly reason: string };

/** How our own SEG objects name their maker (Manufacturer, Manufacturer's Model Name). */
const OWN_NAMES = [MANUFACTURER, MANUFACTURER_MODEL_NAME] as const;

const SKIPPED_IMAGE_TYPES = ['LOCALIZER', 'LABEL', 'OVERVIEW', 'THUMBNAIL'];

/** Tells source images from our own output, other derived objects, and images of kinds we do not process. */
export function classifySource(metadata: DicomJson, rules: RoutingRules): SourceClass {
  const { sopClass, modality } = headerFacts(metadata);
  const derived = derivedObject(sopClass);
  if (derived !== undefined) {
    const maker = [stringOf(metadata, TAG.Manufacturer), stringOf(metadata, TAG.ManufacturerModelName)];
    // We write segmentations and reports, never images: an image of somebody who uses our name is an image.
    return maker.some((name) => OWN_NAMES.some((own) => own === name))
      ? { kind: 'own-output', reason: 'made by ESP-MedSAM for Orthanc itself' }
      : { kind: 'derived', reason: `${derived}, not an image` };
  }
  const refused = rules.refused.find((entry) => entry.modality.toUpperCase() === modality);
  if (refused !== undefined) return { kind: 'unsupported', reason: refused.reason };
  const source = rules.sources.find(({ uid }) => uid === sopClass);
  if (source === undefined) {
    const reason =
      sopClass === undefined ? 'SOPClassUID is missing' : 'its SOP class is not in the list of sources';
    return { kind: 'unsupported', reason };
  }
  const skipped = stringsOf(metadata, TAG.ImageType).find((value) =>
    SKIPPED_IMAGE_TYPES.includes(value.toUpperCase()),
  );
  if (skipped !== undefined) {
    return { kind: 'unsupported', reason: `Image Type ${skipped.toUpperCase()} is not a clinical picture` };
  }
  return { kind: 'image', sopClassName: source.name };
}
