type Triple = readonly [number, number, number];

// sRGB (D65) to XYZ adapted to D50 by Bradford: the profile connection space that PS3.3 C.10.7.1.1 refers to.
const TO_XYZ: readonly Triple[] = [
  [0.4360747, 0.3850649, 0.1430804],
  [0.2225045, 0.7168786, 0.0606169],
  [0.0139322, 0.0971045, 0.7141733],
];
const WHITE_D50: Triple = [0.96422, 1, 0.82521];

/**
 * sRGB 0–255 as RecommendedDisplayCIELabValue: L* 0–100, a* and b* −128–127, each scaled to 0–65535
 * (PS3.3 C.10.7.1.1).
 */
export function encodeCielab(color: Triple): Triple {
  const linear = color.map((value) => linearize(value / 255));
  const [x, y, z] = TO_XYZ.map((row, i) =>
    compress(row.reduce((sum, factor, k) => sum + factor * linear[k]!, 0) / WHITE_D50[i]!),
  ) as [number, number, number];
  return [scale(116 * y - 16, 0, 100), scale(500 * (x - y), -128, 127), scale(200 * (y - z), -128, 127)];
}

function linearize(value: number): number {
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

function compress(ratio: number): number {
  return ratio > 216 / 24389 ? Math.cbrt(ratio) : ((24389 / 27) * ratio + 16) / 116;
}

function scale(value: number, from: number, to: number): number {
  const share = (value - from) / (to - from);
  return Math.round(Math.min(1, Math.max(0, share)) * 65535);
}
