import { type DicomJson, frameCount, numberOf, numbersOf, stringOf, TAG } from '../dicom/index.js';
import type { Settings } from '../config/index.js';
import type { DisplayUnit } from './display-unit.js';
import { isSlideLevel, selectSlideLevels } from './slides/select-slide-levels.js';

// Viewers show each of these as a display set of its own, even several in a series.
const ALONE = new Set(['CR', 'DX', 'MG', 'PX', 'IO']);

/**
 * Divides the source instances of one series into display units (docs/architecture.md, decision 7). Instances of
 * another size or orientation cannot share a SEG and become a unit of their own. Of a slide's pyramid one level is
 * taken.
 */
export function selectDisplayUnits(series: readonly DicomJson[], wsi: Settings['wsi']): DisplayUnit[] {
  const levels = series.filter(isSlideLevel);
  const others = series.filter((instance) => !isSlideLevel(instance));
  return [...selectSlideLevels(levels, wsi), ...stacksOf(others)];
}

function stacksOf(series: readonly DicomJson[]): DisplayUnit[] {
  const units: DicomJson[][] = [];
  const stacks = new Map<string, DicomJson[]>();
  for (const instance of [...series].sort(inStackOrder)) {
    if (standsAlone(instance)) {
      units.push([instance]);
      continue;
    }
    const key = stackKey(instance);
    const stack = stacks.get(key);
    if (stack) {
      stack.push(instance);
    } else {
      const created = [instance];
      stacks.set(key, created);
      units.push(created);
    }
  }
  return units.map((sources) => ({ sources }));
}

function standsAlone(instance: DicomJson): boolean {
  return frameCount(instance) > 1 || ALONE.has(stringOf(instance, TAG.Modality) ?? '');
}

function stackKey(instance: DicomJson): string {
  return JSON.stringify([
    numberOf(instance, TAG.Rows),
    numberOf(instance, TAG.Columns),
    stringOf(instance, TAG.SOPClassUID),
    numbersOf(instance, TAG.ImageOrientationPatient).map((cosine) => cosine.toFixed(3)),
  ]);
}

/** By InstanceNumber, then by UID so that the order never depends on the archive. */
function inStackOrder(a: DicomJson, b: DicomJson): number {
  const byNumber =
    (numberOf(a, TAG.InstanceNumber) ?? Number.MAX_SAFE_INTEGER) -
    (numberOf(b, TAG.InstanceNumber) ?? Number.MAX_SAFE_INTEGER);
  if (byNumber !== 0) return byNumber;
  return (stringOf(a, TAG.SOPInstanceUID) ?? '') < (stringOf(b, TAG.SOPInstanceUID) ?? '') ? -1 : 1;
}
