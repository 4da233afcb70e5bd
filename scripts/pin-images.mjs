// Pins the images of docker-compose.yml and docker/ by digest, so that nobody can exchange what a tag names.
//   node scripts/pin-images.mjs            asks the registries (docker buildx imagetools) and writes tag@digest
//   node scripts/pin-images.mjs --check    exits with 1 when an image is not pinned, and names it; asks nobody
//   node scripts/pin-images.mjs --update   also asks anew for those that are pinned
// A digest of a list of images is taken, which holds one for each processor.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const FILES = ['docker-compose.yml', 'docker/Dockerfile', 'docker/Dockerfile.gpu'];
/** An image of others: after `image:`, FROM or --from=; our own are built here, stages have no tag. */
const IMAGE =
  /((?:^\s*image:|^FROM|--from=)\s*)([a-z0-9][a-z0-9./_-]*:[A-Za-z0-9._-]+)(@sha256:[0-9a-f]{64})?/gm;
const isOurs = (name) => name.startsWith('esp-medsam');
const mode = process.argv[2] ?? '';

const digests = new Map();
function digestOf(name) {
  if (!digests.has(name)) {
    const digest = execFileSync(
      'docker',
      ['buildx', 'imagetools', 'inspect', name, '--format', '{{.Manifest.Digest}}'],
      { encoding: 'utf8', stdio: ['ignore', 'pipe', 'inherit'] },
    ).trim();
    if (!/^sha256:[0-9a-f]{64}$/.test(digest))
      throw new Error(`${name}: no digest but ${JSON.stringify(digest)}`);
    digests.set(name, digest);
  }
  return digests.get(name);
}

const unpinned = [];
for (const file of FILES) {
  const text = readFileSync(file, 'utf8');
  const pinned = text.replace(IMAGE, (whole, before, name, at) => {
    if (isOurs(name) || (at && mode !== '--update')) return whole;
    if (mode === '--check') {
      unpinned.push(`${file}: ${name}`);
      return whole;
    }
    return `${before}${name}@${digestOf(name)}`;
  });
  if (pinned !== text) writeFileSync(file, pinned);
}
for (const [name, digest] of digests) console.log(`${name}@${digest}`);
if (unpinned.length > 0) {
  console.error(`Not pinned by digest:\n${unpinned.join('\n')}\nRun: node scripts/pin-images.mjs`);
  process.exit(1);
}
