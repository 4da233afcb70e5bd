import { BASE, type PreviewQuery } from './api/index.js';

/**
 * Where the picture of a frame with the outline of its mask is.
 * @param version changes with the result, so that the browser does not show an old picture
 */
export function previewAddress(uid: string, query: Required<PreviewQuery>, version: string): string {
  const text = new URLSearchParams(
    Object.entries(query).map(([key, value]) => [key, String(value)]),
  ).toString();
  return `${BASE}/studies/${encodeURIComponent(uid)}/preview?${text}#${encodeURIComponent(version)}`;
}
