import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../dist/demo/free-port.js';

const run = promisify(execFile);

/** (g) A day of a hospital: lists and the reconcile pass over so many studies in the ledger. */
export async function ledger({ quick }) {
  const count = quick ? 300 : 10_000;
  const script = fileURLToPath(new URL('../ledger.mjs', import.meta.url));
  const { stdout } = await run(process.execPath, [script, String(count), String(await freePort())]);
  const { milliseconds, redisBytesAStudy, ledgerBytesAStudy } = JSON.parse(stdout.trim().split('\n').at(-1));
  const part = 'ledger';
  const ms = (name, value) => ({ part, name: `${name}, ${count} studies`, value, unit: 'ms' });
  return [
    ms('first page of the list', milliseconds.firstPage),
    ms('the page in the middle', milliseconds.pageInTheMiddle),
    ms('two filters', milliseconds.twoFilters),
    ms('reconcile, per 1,000 studies', milliseconds.reconcile1000),
    ms('Redis read again after a restart', milliseconds.restart),
    {
      part,
      name: 'Redis a study',
      value: redisBytesAStudy,
      unit: 'B',
      limit: { value: ledgerBytesAStudy, what: 'what is kept of it' },
    },
  ];
}
