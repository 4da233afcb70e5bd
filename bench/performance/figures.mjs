/**
 * A figure of the bench: what was measured, what bounds it, and what it should be.
 * @typedef {{part: string, name: string, value: number, unit: string, limit?: {value: number, what: string},
 *   target?: {most?: number, least?: number}, note?: string}} Figure
 */

/** @returns {boolean | undefined} whether a figure is as it should be; undefined where nothing is asked of it */
export function isMet({ value, target }) {
  if (target === undefined) return undefined;
  return value <= (target.most ?? Infinity) && value >= (target.least ?? -Infinity);
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

export const rounded = (value) => Number(value.toPrecision(3));

const targetOf = ({ most, least }) => (most === undefined ? `≥ ${least}` : `≤ ${most}`);

/** The figures as Markdown, a table for each part. @param titles by part */
export function tables(figures, titles) {
  const parts = [...new Set(figures.map(({ part }) => part))];
  return parts.flatMap((part) => [
    `### ${titles[part] ?? part}`,
    '',
    '| what | measured | limit | target |',
    '|---|---:|---|---|',
    ...figures.filter((figure) => figure.part === part).map(rowOf),
    '',
  ]);
}

function rowOf(figure) {
  const { name, value, unit, limit, target, note } = figure;
  const bound = limit ? `${rounded(limit.value)} ${unit} (${limit.what})` : '';
  const met = isMet(figure);
  const wanted = target ? `${targetOf(target)}: ${met ? 'met' : '**missed**'}` : '';
  return `| ${name}${note ? ` (${note})` : ''} | ${rounded(value)} ${unit} | ${bound} | ${wanted} |`;
}
