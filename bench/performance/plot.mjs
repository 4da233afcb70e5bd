import { isMet, rounded } from './figures.mjs';

const ROW = 18;
const LABEL = 360;
const WIDTH = 420;
const FROM = 0.01;
const TO = 100;

/** Where a share stands on the axis, which is logarithmic. */
const at = (share) => {
  const within = Math.min(TO, Math.max(FROM, share));
  return LABEL + (WIDTH * Math.log(within / FROM)) / Math.log(TO / FROM);
};

const escaped = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/**
 * Every figure that has a limit or a target, as a bar from 1 (the limit or target itself) to the figure's share of it.
 * @returns {string} an SVG that reads in light and dark
 */
export function plot(figures) {
  const rows = figures.flatMap((figure) => {
    const { limit, target, value } = figure;
    const bound = target?.most ?? target?.least ?? limit?.value;
    return bound > 0 && value > 0
      ? [{ figure, share: value / bound, kind: target ? 'target' : 'limit' }]
      : [];
  });
  const height = ROW * (rows.length + 2);
  const ticks = [0.01, 0.1, 1, 10, 100];
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${LABEL + WIDTH + 90} ${height}" font-family="sans-serif" font-size="11">`,
    '<title>Each figure as a multiple of its target or limit</title>',
    `<rect width="100%" height="100%" fill="#fff"/>`,
    ...ticks.map(
      (tick) =>
        `<line x1="${at(tick)}" x2="${at(tick)}" y1="${ROW}" y2="${height}" stroke="${tick === 1 ? '#222' : '#ccc'}"/>` +
        `<text x="${at(tick)}" y="12" text-anchor="middle">${tick === 1 ? '1 = target or limit' : tick}</text>`,
    ),
    ...rows.map(({ figure, share, kind }, index) => {
      const y = ROW * (index + 1.2);
      const [left, right] = [Math.min(at(1), at(share)), Math.max(at(1), at(share))];
      const colour = kind === 'limit' ? '#7a7a7a' : isMet(figure) ? '#2a7de1' : '#d1495b';
      const name = `${figure.part}: ${figure.name}`.slice(0, 62);
      return (
        `<text x="${LABEL - 6}" y="${y + 10}" text-anchor="end">${escaped(name)}</text>` +
        `<rect x="${left.toFixed(1)}" y="${y}" width="${Math.max(1, right - left).toFixed(1)}" height="12" fill="${colour}"/>` +
        `<text x="${(right + 4).toFixed(1)}" y="${y + 10}">${rounded(share)}</text>`
      );
    }),
    '</svg>',
  ];
  return `${lines.join('\n')}\n`;
}
