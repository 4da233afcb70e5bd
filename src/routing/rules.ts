import type { Channel } from '../core/index.js';

/** A condition on the header: holds when every key holds; a key holds when any of its entries matches. */
export interface Condition {
  readonly sopClass?: readonly string[] | undefined;
  readonly modality?: readonly string[] | undefined;
  readonly bodyPart?: readonly string[] | undefined;
  /** Code values of Anatomic Region Sequence. */
  readonly region?: readonly string[] | undefined;
  /** The device by the name the site gave it: where one device makes pictures of one kind and its headers do not say so. */
  readonly stationName?: readonly string[] | undefined;
  /** The device by its maker's name for it. */
  readonly manufacturerModelName?: readonly string[] | undefined;
  /** Regular expressions over Study and Series Description and Protocol Name. */
  readonly description?: readonly string[] | undefined;
}

/** The routing tables, as data: the shape of `routing` in `config/modalities.yaml`. */
export interface RoutingRules {
  /** A header score at or above decides alone. */
  readonly strong: number;
  /** A header score below counts as none. */
  readonly weak: number;
  /** SOP classes that are images we read. */
  readonly sources: readonly { readonly uid: string; readonly name: string }[];
  /** Modalities that are recognised to say why they are not processed. */
  readonly refused: readonly { readonly modality: string; readonly reason: string }[];
  readonly rules: readonly {
    readonly id: string;
    readonly channel: Channel;
    readonly weight: number;
    readonly when: Condition;
  }[];
  readonly vetoes: readonly { readonly id: string; readonly when: Condition; readonly reason: string }[];
  /** Evidence that a channel's optional anatomic region is really shown: any one key that holds is enough. */
  readonly bodyPartEvidence: Readonly<Partial<Record<Channel, Condition | undefined>>>;
}
