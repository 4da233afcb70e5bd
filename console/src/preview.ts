import { address } from './http.js';

export interface PreviewOptions {
  /** Position among the study's units. */
  readonly unit: number;
  /** From 1. */
  readonly frame: number;
  readonly width: number;
  readonly overlay: boolean;
  /** Changes with the result, so that the browser does not show an old picture. */
  readonly version?: string;
}

/** Where the picture of a frame with the outline of its mask is. */
export function previewAddress(
  uid: string,
  { unit, frame, width, overlay, version }: PreviewOptions,
): string {
  const path = `/studies/${encodeURIComponent(uid)}/preview`;
  const link = address(path, { unit, frame, width, overlay: overlay ? 'outline' : 'none' });
  return version === undefined ? link : `${link}#${encodeURIComponent(version)}`;
}
