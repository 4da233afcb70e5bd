import type { DicomJson } from '../../dicom/index.js';
import { elements } from './elements.js';
import type { Code } from '../seg/types.js';

/** Codes that describe every SEG, as against what it shows; those are in `config/modalities.yaml`. */
export const CODES = {
  segmentation: { value: '113076', scheme: 'DCM', meaning: 'Segmentation' },
  sourceImage: { value: '121322', scheme: 'DCM', meaning: 'Source image for image processing operation' },
  processingEquipment: { value: '109102', scheme: 'DCM', meaning: 'Processing Equipment' },
  artificialIntelligence: { value: '123110', scheme: 'DCM', meaning: 'Artificial Intelligence' },
} as const satisfies Record<string, Code>;

/** A code as item of a code sequence (PS3.3 §8.8, Basic Coded Entry). */
export function codeItem(code: Code): DicomJson {
  return elements({ CodeValue: code.value, CodingSchemeDesignator: code.scheme, CodeMeaning: code.meaning });
}
