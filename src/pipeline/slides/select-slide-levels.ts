import { groupBy } from '../../core/index.js';
import { type DicomJson, itemsOf, stringOf, stringsOf, TAG } from '../../dicom/index.js';
import type { Settings } from '../../config/index.js';
import { isTiled, slideSpacing } from '../../objects/index.js';
import type { DisplayUnit } from '../display-unit.js';
import { tilesToSegment } from './slide-tiles.js';

/** A pixel may be half or double the target's size; the network was not trained on anything farther. */
const MAX_OCTAVES = 1.05;
const MICROMETRES = 1000;

/** Whether an instance is a level of a pyramid, as against the picture of a label or an overview. */
export function isSlideLevel(instance: DicomJson): boolean {
  const flavour = stringsOf(instance, TAG.ImageType)[2];
  return isTiled(instance) && (flavour === undefined || flavour === 'VOLUME');
}

/**
 * Chooses one level of every pyramid in a series: the one whose pixels are nearest to the target in size among
 * those that do not have too many tiles. The other levels show the same and get no SEG.
 * @param levels instances for which `isSlideLevel` holds, all of one series
 */
export function selectSlideLevels(levels: readonly DicomJson[], wsi: Settings['wsi']): DisplayUnit[] {
  return [...groupBy(levels, pyramidKey).values()].map((pyramid) => selectLevel(pyramid, wsi));
}

function selectLevel(pyramid: readonly DicomJson[], wsi: Settings['wsi']): DisplayUnit {
  const { targetMicrometres, maxTiles } = wsi;
  const near = pyramid
    .map((level) => ({ level, distance: octavesFrom(targetMicrometres, level) }))
    .filter(({ distance }) => distance <= MAX_OCTAVES)
    .sort((a, b) => a.distance - b.distance || tilesToSegment(a.level) - tilesToSegment(b.level));
  const chosen = near.find(({ level }) => tilesToSegment(level) <= maxTiles);
  if (chosen) {
    const micrometres = (slideSpacing(chosen.level)![0] * MICROMETRES).toPrecision(3);
    const note = `the level of ${micrometres} µm a pixel was chosen among ${pyramid.length}`;
    return { sources: [chosen.level], note };
  }
  const refusal =
    near.length === 0
      ? `no level of the slide is near ${targetMicrometres} µm a pixel`
      : `the slide has more than ${maxTiles} tiles near ${targetMicrometres} µm a pixel`;
  return { sources: [near[0]?.level ?? pyramid[0]!], refusal };
}

/** How many times the pixel size must be doubled or halved to reach the target. */
function octavesFrom(targetMicrometres: number, level: DicomJson): number {
  const spacing = slideSpacing(level);
  return spacing ? Math.abs(Math.log2((spacing[0] * MICROMETRES) / targetMicrometres)) : Infinity;
}

/** What levels of one pyramid share. */
function pyramidKey(level: DicomJson): string {
  const paths = itemsOf(level, TAG.OpticalPathSequence).map((path) =>
    stringOf(path, TAG.OpticalPathIdentifier),
  );
  return JSON.stringify([stringOf(level, TAG.FrameOfReferenceUID), paths]);
}
