// Writes what an installation consists of, from the lock file: an SBOM (CycloneDX 1.5) and a list of licences.
//   node scripts/sbom.mjs [folder]     writes sbom.cdx.json and licences.md there; default dist
// Python packages of training/ are not part of an installation and not in it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2] ?? 'dist';
// Whole, and sorted out here: with `--omit dev` npm leaves out what both an installation and the tests need.
const whole = JSON.parse(
  execFileSync('npm', ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'], {
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    stdio: ['ignore', 'pipe', 'ignore'],
  }),
);
const { packages } = JSON.parse(readFileSync('package-lock.json', 'utf8'));
const installed = new Set(
  Object.entries(packages)
    .filter(([path, { dev, devOptional }]) => path !== '' && !dev && !devOptional)
    .map(([path, { version }]) => `${path.split('node_modules/').at(-1)}@${version}`),
);
const components = whole.components.filter(({ name, version }) => installed.has(`${name}@${version}`));
const refs = new Set([
  whole.metadata.component['bom-ref'],
  ...components.map((component) => component['bom-ref']),
]);
const sbom = {
  ...whole,
  components,
  dependencies: whole.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn = [] }) => ({ ref, dependsOn: dependsOn.filter((on) => refs.has(on)) })),
};

const licenceOf = ({ licenses = [] }) =>
  licenses.map(({ license, expression }) => expression ?? license.id ?? license.name).join(' or ') ||
  'not stated';
const rows = sbom.components
  .map((component) => [component.name, component.version, licenceOf(component)])
  .sort(([a], [b]) => a.localeCompare(b));

const byLicence = new Map();
for (const [, , licence] of rows) byLicence.set(licence, (byLicence.get(licence) ?? 0) + 1);
const counts = [...byLicence]
  .sort(([, a], [, b]) => b - a)
  .map(([licence, count]) => `| ${licence} | ${count} |`);
const list = rows.map((row) => `| ${row.join(' | ')} |`);
const page = [
  '# Licences of what is installed',
  '',
  'Made by `npm run sbom` from package-lock.json; what a package states of itself.',
  '',
  ...['| licence | packages |', '|---|---|', ...counts],
  '',
  ...['| package | version | licence |', '|---|---|---|', ...list],
  '',
].join('\n');

mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'sbom.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`);
writeFileSync(join(folder, 'licences.md'), page);
console.log(`${rows.length} packages in ${join(folder, 'sbom.cdx.json')} and ${join(folder, 'licences.md')}`);

const unstated = rows.filter(([, , licence]) => licence === 'not stated');
if (unstated.length > 0) {
  console.error(`No licence is stated by: ${unstated.map(([name]) => name).join(', ')}`);
  process.exitCode = 1;
}
