import type { LookUpTable } from '../../core/index.js';

/** The entry for a value; values outside the table take its first or last entry (PS3.3 C.11.1.1.1). */
export function lookUp(table: LookUpTable, value: number): number {
  const index = Math.round(value) - table.firstMapped;
  return table.data[Math.min(Math.max(index, 0), table.data.length - 1)] ?? 0;
}
