import { phantomInstance, type PhantomInstance, type PhantomOptions } from './phantom-instance.js';
import { KINDS } from './kinds.js';

/** Width and height are halved, and pixels doubled, from one level to the next. */
const STEP = 2;

/**
 * A whole-slide image as a series: a pyramid with one instance a level, the finest first, and a picture of the
 * slide's label, which is not to be segmented.
 */
export function phantomSlide(
  options: Omit<PhantomOptions, 'kind'> & { readonly levels?: number } = {},
): readonly PhantomInstance[] {
  const { levels = 3, ...rest } = options;
  const {
    width = KINDS['whole-slide'].width,
    height = KINDS['whole-slide'].height,
    micrometres = 0.5,
  } = options;
  const common = { ...rest, kind: 'whole-slide', study: options.study ?? 'whole-slide' } as const;
  const pyramid = Array.from({ length: levels }, (_, level) =>
    phantomInstance({
      ...common,
      instanceNumber: level + 1,
      width: Math.ceil(width / STEP ** level),
      height: Math.ceil(height / STEP ** level),
      micrometres: micrometres * STEP ** level,
      ...(level === 0 ? {} : { attributes: { ImageType: ['DERIVED', 'PRIMARY', 'VOLUME', 'RESAMPLED'] } }),
    }),
  );
  const label = phantomInstance({
    ...common,
    instanceNumber: levels + 1,
    width: 96,
    height: 96,
    attributes: { ImageType: ['ORIGINAL', 'PRIMARY', 'LABEL', 'NONE'], SpecimenLabelInImage: 'YES' },
  });
  return [...pyramid, label];
}
