import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseDocument } from 'yaml';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringOf, TAG } from '../../src/dicom/index.js';
import { readCatalogue } from '../../src/model/index.js';
import type { Manifest } from '../../src/model/network/manifest-schema.js';
import { createEngine, type Engine } from '../../src/model/process/engine.js';
import { processStudy } from '../../src/pipeline/index.js';
import { loadModalities } from '../../src/routing/index.js';
import { writeTinyModel } from '../model/tiny-model.js';
import { source } from '../objects/seg/support/sources.js';
import { contextOf, DERMOSCOPIC, memoryArchive, STUDY } from '../support/memory-archive.js';

const FILE = fileURLToPath(new URL('../../config/modalities.yaml', import.meta.url));
const SEG = { profile: 'viewer', form: 'binary', measurements: true } as const;
const HAND = {
  '00080060': { vr: 'CS', Value: ['DX'] },
  '00180015': { vr: 'CS', Value: ['HAND'] },
  '00081030': { vr: 'LO', Value: ['Bone age'] },
} as const;

/** The modalities file with what a site adds for a model of hand bones. */
function modalitiesWithHand(): string {
  const file = parseDocument(readFileSync(FILE, 'utf8'));
  const code = (value: string, meaning: string) => ({ value, scheme: 'SCT', meaning });
  file.setIn(['channels', 'hand-bones'], {
    title: 'Hand X-ray',
    label: 'Bones of hand',
    description: 'Bones of the hand outlined by a site’s own channel',
    category: code('91723000', 'Anatomical Structure'),
    type: code('272673000', 'Bone'),
    color: [1, 2, 3],
  });
  const rules = file.getIn(['routing', 'rules']) as { add: (rule: unknown) => void };
  const when = { modality: ['DX'], bodyPart: ['HAND'] };
  rules.add(file.createNode({ id: 'hand', channel: 'hand-bones', weight: 0.95, when }));
  const vetoes = file.toJS() as { routing: { vetoes: { id: string; when: { bodyPart?: string[] } }[] } };
  for (const veto of vetoes.routing.vetoes)
    if (veto.when.bodyPart) veto.when.bodyPart = veto.when.bodyPart.filter((part) => part !== 'HAND');
  file.setIn(['routing', 'vetoes'], vetoes.routing.vetoes);
  const path = join(mkdtempSync(join(tmpdir(), 'esp-modalities-')), 'modalities.yaml');
  writeFileSync(path, file.toString());
  return path;
}

/** A model whose manifest names one channel more than any of ours. */
function withHand(manifest: Manifest): unknown {
  const quality = {
    mask: { bias: 0, weights: { inside: 1 } },
    empty: { bias: 0, weights: {} },
    conformal: { level: 0.9, quantile: 0.5, n: 20 },
    reviewBelow: 0.95,
  };
  return {
    ...manifest,
    channels: [...manifest.channels, { name: 'hand-bones', index: 0, threshold: 0.5, quality }],
  };
}

describe('a channel that no line of the code knows', () => {
  const manifestPath = writeTinyModel({ change: withHand });
  const modalities = loadModalities(modalitiesWithHand());
  let engine: Engine;
  beforeAll(async () => (engine = await createEngine({ manifestPath, threads: 1, provider: 'cpu' })));
  afterAll(() => engine.close());

  /** Bright pictures, the engine that was loaded from the folder, and the file of the site. */
  function siteContext(archive: ReturnType<typeof memoryArchive>) {
    const context = contextOf(archive, SEG);
    const bright = { ...archive.dicomweb };
    bright.frame = async (...request) => {
      const { bytes, ...rest } = await archive.dicomweb.frame(...request);
      return { ...rest, bytes: bytes.fill(200) };
    };
    const ours = { load: async () => engine.model, detect: engine.detect, segment: engine.segment };
    return {
      ...context,
      modalities,
      archive: { ...context.archive, dicomweb: bright },
      engine: { ...context.engine, ...ours },
    };
  }

  it('is found in the folder, routed to, segmented and described as the files say', async () => {
    const directory = join(manifestPath, '..');
    const { models } = await readCatalogue({ manifest: manifestPath, directory } as never);
    expect(models[0]?.channels).toContain('hand-bones');
    const archive = memoryArchive([source({}, { ...DERMOSCOPIC, ...HAND })]);
    const run = await processStudy(STUDY, siteContext(archive), undefined);
    expect(run!.units).toMatchObject([
      { outcome: 'segmented', channel: 'hand-bones', reasons: expect.any(Array) },
    ]);
    const [seg, report] = archive.stored;
    const segment = seg!['00620002']!.Value![0] as Record<string, { Value: unknown[] }>;
    expect(segment['00620005']!.Value).toEqual(['Bones of hand']);
    // How sure it is: in the unit, in the SEG's algorithm parameters and in the report.
    const { quality } = run!.units[0]!;
    expect(quality).toMatchObject({ review: true });
    const parameters = `predicted-dice=${quality!.predicted.toFixed(4)}; predicted-dice-at-least=${quality!.lower.toFixed(4)}; needs-review=yes`;
    expect(JSON.stringify(segment)).toContain(parameters);
    expect(JSON.stringify(report)).toContain(parameters);
    expect(stringOf(report!, TAG.SOPClassUID)).toBe('1.2.840.10008.5.1.4.1.1.88.33');
  });

  it('is not run by a model without it: the study is told why', async () => {
    const archive = memoryArchive([source({}, { ...DERMOSCOPIC, ...HAND })]);
    const context = { ...contextOf(archive, SEG), modalities };
    const run = await processStudy(STUDY, context, undefined);
    expect(run).toMatchObject({ outcome: 'unsupported', stored: 0 });
    expect(run!.units[0]!.reasons.at(-1)).toBe('the model in use has no hand-bones channel');
  });

  it('must be described before a rule may name it', () => {
    const file = parseDocument(readFileSync(FILE, 'utf8'));
    file.deleteIn(['channels', 'thyroid']);
    const path = join(mkdtempSync(join(tmpdir(), 'esp-modalities-')), 'modalities.yaml');
    writeFileSync(path, file.toString());
    expect(() => loadModalities(path)).toThrow(/no channel "thyroid" is described/);
  });
});
