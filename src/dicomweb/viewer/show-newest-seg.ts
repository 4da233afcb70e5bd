/** The parts of OHIF's services that are used; OHIF is served as built and brings no types. */
export interface OhifContext {
  readonly servicesManager: { readonly services: { readonly hangingProtocolService: HangingProtocols } };
}

interface HangingProtocols {
  getProtocolById(id: string): HangingProtocol;
  addProtocol(id: string, protocol: HangingProtocol): void;
  addCustomAttribute(
    id: string,
    name: string,
    callback: (displaySet: DisplaySet, options: { readonly displaySets?: readonly DisplaySet[] }) => boolean,
  ): void;
}

interface HangingProtocol {
  readonly displaySetSelectors: Record<string, unknown>;
  readonly stages: readonly { readonly viewports: readonly { displaySets: { readonly id: string }[] }[] }[];
}

interface Instance {
  readonly SOPInstanceUID?: string;
  readonly ContentDate?: string;
  readonly ContentTime?: string;
  readonly ReferencedSeriesSequence?: OneOrMore<{
    readonly ReferencedInstanceSequence?: OneOrMore<{ readonly ReferencedSOPInstanceUID?: string }>;
  }>;
}

interface DisplaySet {
  readonly Modality?: string;
  readonly isOverlayDisplaySet?: boolean;
  readonly numImageFrames?: number;
  readonly instance?: Instance;
  readonly instances?: readonly Instance[];
}

type OneOrMore<T> = T | readonly T[];

/**
 * Makes OHIF open a study with its segmentation shown: the default arrangement gets, beside the first image, the
 * newest SEG that was made of it. Without such a SEG the study opens as ever; other SEGs wait in the list.
 *
 * Runs in the browser: its text is sent with the settings, so it must not use anything from outside itself.
 */
export function showNewestSeg({ servicesManager }: OhifContext): void {
  const protocols = servicesManager.services.hangingProtocolService;
  const itemsOf = <T>(value: OneOrMore<T> | undefined): readonly T[] =>
    value === undefined ? [] : Array.isArray(value) ? (value as readonly T[]) : [value as T];
  const madeAt = (set: DisplaySet) => `${set.instance?.ContentDate ?? ''}${set.instance?.ContentTime ?? ''}`;

  protocols.addCustomAttribute(
    'newestSegOfFirstImage',
    'newest SEG of the first image',
    (displaySet, options) => {
      const sets = options.displaySets ?? [];
      const first = sets.find((set) => !set.isOverlayDisplaySet && (set.numImageFrames ?? 0) > 0);
      const shown = new Set(first?.instances?.map((instance) => instance.SOPInstanceUID));
      const newest = sets
        .filter((set) => set.Modality === 'SEG')
        .filter((set) =>
          itemsOf(set.instance?.ReferencedSeriesSequence)
            .flatMap((series) => itemsOf(series.ReferencedInstanceSequence))
            .some((reference) => shown.has(reference.ReferencedSOPInstanceUID)),
        )
        .reduce<DisplaySet | undefined>(
          (best, set) => (best && madeAt(best) >= madeAt(set) ? best : set),
          undefined,
        );
      return newest === displaySet;
    },
  );

  const protocol = JSON.parse(JSON.stringify(protocols.getProtocolById('default'))) as HangingProtocol;
  protocol.displaySetSelectors.newestSeg = {
    seriesMatchingRules: [
      {
        attribute: 'newestSegOfFirstImage',
        weight: 10,
        required: true,
        constraint: { equals: { value: true } },
      },
    ],
  };
  const viewport = protocol.stages[0]?.viewports[0];
  if (viewport !== undefined && !viewport.displaySets.some(({ id }) => id === 'newestSeg')) {
    viewport.displaySets.push({ id: 'newestSeg' });
    protocols.addProtocol('default', protocol);
  }
}
