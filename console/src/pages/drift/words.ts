import type { Device, DriftMeasure } from '../../api/index.js';
import { formatPercent } from '../../format.js';

/** A device as a person would call it; null stands for those above the bound of a week. */
export function deviceName(device: Device | null): string {
  if (device === null) return 'All other devices';
  return [device.model, device.station].filter(Boolean).join(' · ') || 'Device not named in the header';
}

/** What can drift, in words. */
export const MEASURES: Readonly<Record<DriftMeasure, string>> = {
  predictedDice: 'Predicted Dice',
  area: 'Area of the mask',
  outOfDistribution: 'Of no known kind',
  unsupported: 'Unsupported',
  empty: 'Empty',
  failed: 'Failed',
};

/** A share or a mean of a measure; undefined where nothing was measured. */
export function formatMeasure(measure: DriftMeasure, value: number | null | undefined): string {
  if (value === undefined || value === null) return '–';
  if (measure === 'predictedDice') return value.toFixed(2);
  return value > 0 && value < 0.1 ? `${(value * 100).toFixed(1)} %` : formatPercent(value);
}
