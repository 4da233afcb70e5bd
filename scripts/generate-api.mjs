// Writes what is made from the descriptions of the REST endpoints in src/admin:
//   docs/openapi.json              the OpenAPI document, for everybody's clients
//   console/src/api/schema.ts      its types, for the console
//   docs/access-matrix.md          which role may use which route
// With --check nothing is written: exits with 1 when one of them is not what the endpoints say.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import openapiTS, { astToString } from 'openapi-typescript';
import { runnerImport } from 'vite';

const root = fileURLToPath(new URL('..', import.meta.url));
const { version } = JSON.parse(await readFile(`${root}/package.json`, 'utf8'));
const { module } = await runnerImport(`${root}/scripts/openapi-document.ts`, { root, logLevel: 'error' });
const document = module.openApiDocument(root, version);

const matrix = await runnerImport(`${root}/scripts/access-matrix.ts`, { root, logLevel: 'error' });

const types = await openapiTS(document, {
  // A field with a default value may be left out of a request.
  defaultNonNullable: false,
  rootTypes: true,
  rootTypesNoSchemaPrefix: true,
});
const files = {
  'docs/openapi.json': `${JSON.stringify(document, null, 2)}\n`,
  'docs/access-matrix.md': matrix.module.accessMatrix(root, document),
  'console/src/api/schema.ts': `// Written by \`npm run generate\` from docs/openapi.json. Change the schemas in src/admin instead.\n${astToString(types)}`,
};

const stale = [];
for (const [path, content] of Object.entries(files)) {
  const present = await readFile(`${root}/${path}`, 'utf8').catch(() => '');
  if (present !== content) stale.push(path);
}
if (process.argv.includes('--check')) {
  if (stale.length > 0) {
    console.error(`Not what the endpoints in src/admin say: ${stale.join(', ')}. Run \`npm run generate\`.`);
  }
} else {
  for (const path of stale) await writeFile(`${root}/${path}`, files[path]);
  console.log(stale.length === 0 ? 'Nothing has changed.' : `Written: ${stale.join(', ')}`);
}
// BullMQ's queues would wait for a connection that nobody opens.
process.exit(process.argv.includes('--check') && stale.length > 0 ? 1 : 0);
