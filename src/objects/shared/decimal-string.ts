/** A number as DS: the most exact form of at most 16 characters (PS3.5 §6.2). */
export function decimalString(value: number): string {
  const shortest = String(value);
  for (let digits = 17; shortest.length > 16 && digits > 0; digits -= 1) {
    const candidate = String(Number(value.toPrecision(digits)));
    if (candidate.length <= 16) return candidate;
  }
  return shortest;
}
