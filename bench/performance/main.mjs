// node bench/performance/main.mjs [--quick] [--only PART,…] [--out FOLDER]: measures, prints tables, and writes performance.json
// and performance.svg into FOLDER and the tables into its performance.md, between the marks. Call scripts/bench --all.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, totalmem } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { isMet, tables } from './figures.mjs';
import { gateway } from './gateway.mjs';
import { ledger } from './ledger.mjs';
import { memory } from './memory.mjs';
import { network } from './network.mjs';
import { plot } from './plot.mjs';
import { stages } from './stages.mjs';
import { start } from './start.mjs';
import { workers } from './workers.mjs';

const PARTS = { network, study: stages, gateway, workers, memory, start, ledger };
const TITLES = {
  network: 'The network alone',
  study: 'A study, from a worker’s start on it to its SEG read back',
  gateway: 'The gateway beside the archive',
  workers: 'Workers',
  memory: 'Memory',
  start: 'Start',
  ledger: 'A day of a hospital in the ledger',
};
const MARKS = ['<!-- figures: scripts/bench --all writes them -->', '<!-- end of figures -->'];

const { values } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: Object.keys(PARTS).join() },
    out: { type: 'string' },
  },
});
const chosen = values.only.split(',');
const unknown = chosen.filter((name) => !(name in PARTS));
if (unknown.length > 0) {
  console.error(`--only: there is no part ${unknown.join()}; parts are ${Object.keys(PARTS).join()}`);
  process.exit(2);
}

const machine = {
  cores: cpus().length,
  model: cpus()[0]?.model,
  memoryMegabytes: Math.round(totalmem() / 1024 ** 2),
  node: process.version,
};
const date = new Date().toISOString();
const before = loadavg()[0];
const figures = [];
for (const name of chosen) {
  const started = performance.now();
  figures.push(...(await PARTS[name]({ quick: values.quick })));
  console.error(`${name}: ${((performance.now() - started) / 1000).toFixed(0)} s`);
  // After every part: a run that is broken off has not measured for nothing.
  write(reportNow());
}
console.log(reportNow().text);

function reportNow() {
  const load = { before, after: loadavg()[0] };
  const asked = figures.filter((figure) => isMet(figure) !== undefined);
  const text = [
    `Measured ${date.slice(0, 16).replace('T', ' ')} UTC on ${machine.cores} cores (${machine.model}), ` +
      `${machine.memoryMegabytes} MB, Node ${machine.node}; load ${load.before.toFixed(1)} before and ` +
      `${load.after.toFixed(1)} after. Targets met: ${asked.filter(isMet).length} of ${asked.length}.`,
    '',
    ...tables(figures, TITLES),
  ].join('\n');
  return { text, data: { date, quick: values.quick, machine, load, figures } };
}

function write({ text, data }) {
  if (values.out === undefined) return;
  mkdirSync(values.out, { recursive: true });
  writeFileSync(join(values.out, 'performance.json'), `${JSON.stringify(data, null, 2)}\n`);
  writeFileSync(join(values.out, 'performance.svg'), plot(figures));
  const page = join(values.out, 'performance.md');
  if (existsSync(page)) writeFileSync(page, renewed(readFileSync(page, 'utf8'), text));
}

/** The page with the tables of this run. */
function renewed(page, text) {
  const [from, to] = MARKS.map((mark) => page.indexOf(mark));
  if (from < 0 || to < from) throw new Error(`performance.md lacks its marks: ${MARKS.join(' … ')}`);
  return `${page.slice(0, from + MARKS[0].length)}\n\n${text}\n${page.slice(to)}`;
}
