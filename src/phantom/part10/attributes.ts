import type { Keyword } from '../../dicom/index.js';

/** Value of an attribute; items of a sequence are attributes themselves. */
export type AttributeValue = string | number | Uint8Array | readonly (string | number | Attributes)[];

/** A data set by keyword. An empty string or list is written with zero length (type 2). */
export type Attributes = { readonly [K in Keyword]?: AttributeValue };
