import type { Soak } from './soak.js';

/** Megabytes by which a process may be larger in the end than once it had settled. */
const MAX_GROWTH = 48;

/** What is wrong with a soak, a sentence each; empty: nothing. */
export function faultsOfSoak({ verdicts, overtaken, processes }: Soak): string[] {
  return [
    ...verdicts.map(({ study, kind, why }) => `${kind}: ${why} (${study})`),
    ...(overtaken > 0 ? [`${overtaken} urgent studies began after others`] : []),
    ...processes
      .filter(({ settled, last }) => last - settled > MAX_GROWTH)
      .map(({ name, settled, last }) => `${name} grew from ${settled.toFixed(0)} to ${last.toFixed(0)} MB`),
  ];
}

/** The tables of docs/reliability.md, in Markdown. */
export function reportSoak(soak: Soak): string {
  const of = (kind: string) => soak.verdicts.filter((verdict) => verdict.kind === kind).length;
  return [
    '| studies | minutes | a minute, while they are worked on | lost | duplicate | untrue | urgent ones overtaken |',
    '|--:|--:|--:|--:|--:|--:|--:|',
    `| ${soak.studies} | ${soak.minutes.toFixed(0)} | ${soak.perMinute.toFixed(0)} | ${of('lost')} | ${of('duplicate')} | ${of('untrue')} | ${soak.overtaken} |`,
    '',
    '| process | MB once settled | MB in the end | event loop late (p99), ms: median (longest) |',
    '|---|--:|--:|--:|',
    ...soak.processes.map(({ name, settled, last, loopMedian, loopLongest }) => {
      const loop = loopLongest === 0 ? '' : `${loopMedian.toFixed(0)} (${loopLongest.toFixed(0)})`;
      return `| ${name} | ${settled.toFixed(0)} | ${last.toFixed(0)} | ${loop} |`;
    }),
    ...faultsOfSoak(soak),
  ].join('\n');
}
