import { z } from 'zod';

/** How many items a page has. */
export const limitQuery = z.coerce.number().int().min(1).max(500).default(50).describe('items of a page');

/** Where a page begins. */
export const cursorQuery = z.string().max(200).optional().describe('`next` of the page before');

/** Where the next page begins. */
export const nextCursor = z.string().optional().describe('cursor of the next page; absent on the last one');

/** ISO 8601 as ms since 1970. */
export const millisecondsOf = (time: string | undefined) =>
  time === undefined ? undefined : Date.parse(time);
