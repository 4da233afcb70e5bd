/**
 * A quantile by linear interpolation between the two nearest values.
 * @param sorted in rising order
 * @param share 0–1; 0.5 is the median
 * @returns undefined without values
 */
export function quantile(sorted: readonly number[], share: number): number | undefined {
  if (sorted.length === 0) return undefined;
  const at = share * (sorted.length - 1);
  const low = sorted[Math.floor(at)]!;
  const high = sorted[Math.ceil(at)]!;
  return low + (high - low) * (at - Math.floor(at));
}
