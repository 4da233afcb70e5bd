import { describe, expect, it } from 'vitest';
import {
  classifySource,
  decide,
  headerEvidence,
  loadModalities,
  pixelEvidence,
} from '../../src/routing/index.js';
import type { Channel } from '../../src/core/index.js';
import { CHANNELS } from '../support/channels.js';
import type { DicomJson } from '../../src/dicom/index.js';
import type { RoutingRules } from '../../src/routing/rules.js';

// The shipped table: these tests also say that it means what it should.
const rules: RoutingRules = loadModalities('config/modalities.yaml').routing;

const SC = '1.2.840.10008.5.1.4.1.1.7';
const DX = '1.2.840.10008.5.1.4.1.1.1.1';
const US = '1.2.840.10008.5.1.4.1.1.6.1';
const DERMOSCOPIC = '1.2.840.10008.5.1.4.1.1.77.1.7';

interface Header {
  sop?: string;
  modality?: string;
  bodyPart?: string;
  region?: string;
  series?: string;
  study?: string;
  protocol?: string;
  imageType?: string[];
  manufacturer?: string;
  station?: string;
  model?: string;
}

function header(h: Header): DicomJson {
  const values: Record<string, unknown[] | undefined> = {
    '00080016': h.sop === undefined ? undefined : [h.sop],
    '00080060': h.modality === undefined ? undefined : [h.modality],
    '00180015': h.bodyPart === undefined ? undefined : [h.bodyPart],
    '0008103E': h.series === undefined ? undefined : [h.series],
    '00081030': h.study === undefined ? undefined : [h.study],
    '00181030': h.protocol === undefined ? undefined : [h.protocol],
    '00080008': h.imageType,
    '00080070': h.manufacturer === undefined ? undefined : [h.manufacturer],
    '00081010': h.station === undefined ? undefined : [h.station],
    '00081090': h.model === undefined ? undefined : [h.model],
    '00082218': h.region === undefined ? undefined : [{ '00080100': { Value: [h.region] } }],
  };
  return Object.fromEntries(
    Object.entries(values).flatMap(([tag, Value]) => (Value === undefined ? [] : [[tag, { Value }]])),
  );
}

function seen(best: Channel | 'none', probability: number) {
  const rest = (1 - probability) / 6;
  const answer = Object.fromEntries(
    [...CHANNELS, 'none'].map((name) => [name, name === best ? probability : rest]),
  );
  return pixelEvidence([answer as Record<Channel | 'none', number>]);
}

const route = (h: Header, pixels?: ReturnType<typeof seen>) =>
  decide(headerEvidence(header(h), rules), pixels, rules, { threshold: 0.9, thresholdAlone: 0.96 });

describe('classifySource', () => {
  const kindOf = (h: Header) => classifySource(header(h), rules).kind;

  it.each([
    ['a chest radiograph', { sop: DX, modality: 'DX' }, 'image'],
    ['a secondary capture', { sop: SC, modality: 'OT' }, 'image'],
    [
      'our SEG, by manufacturer',
      { sop: '1.2.840.10008.5.1.4.1.1.66.4', modality: 'SEG', manufacturer: 'ESP-MedSAM for Orthanc' },
      'own-output',
    ],
    ['our SEG, by model name', { sop: '1.2.840.10008.5.1.4.1.1.66.4', model: 'ESP-MedSAM' }, 'own-output'],
    [
      'a picture of a sender that uses our name',
      { sop: SC, manufacturer: 'ESP-MedSAM for Orthanc', model: 'ESP-MedSAM' },
      'image',
    ],
    ['another maker’s SEG', { sop: '1.2.840.10008.5.1.4.1.1.66.4', modality: 'SEG' }, 'derived'],
    ['a structured report', { sop: '1.2.840.10008.5.1.4.1.1.88.33', modality: 'SR' }, 'derived'],
    ['key objects', { sop: '1.2.840.10008.5.1.4.1.1.88.59', modality: 'KO' }, 'derived'],
    ['a presentation state', { sop: '1.2.840.10008.5.1.4.1.1.11.1', modality: 'PR' }, 'derived'],
    ['a PDF', { sop: '1.2.840.10008.5.1.4.1.1.104.1', modality: 'DOC' }, 'derived'],
    ['CT', { sop: '1.2.840.10008.5.1.4.1.1.2', modality: 'CT' }, 'unsupported'],
    ['mammography as secondary capture', { sop: SC, modality: 'MG' }, 'unsupported'],
    [
      'a localizer',
      { sop: SC, modality: 'OT', imageType: ['ORIGINAL', 'PRIMARY', 'LOCALIZER'] },
      'unsupported',
    ],
    ['no SOP class', { modality: 'CR' }, 'unsupported'],
  ] as const)('%s', (_, h, kind) => {
    expect(kindOf({ ...h, ...('imageType' in h ? { imageType: [...h.imageType] } : {}) } as Header)).toBe(
      kind,
    );
  });

  it('says why CT is refused', () => {
    expect(classifySource(header({ sop: '1.2.840.10008.5.1.4.1.1.2', modality: 'CT' }), rules)).toEqual({
      kind: 'unsupported',
      reason: 'CT is a cross-sectional modality that ESP-MedSAM was not trained on',
    });
  });
});

describe('a channel that the detector has never seen', () => {
  it('is not lowered by what the detector takes its pictures for', () => {
    const thyroid = { sop: US, modality: 'US', bodyPart: 'THYROID' };
    expect(route(thyroid, seen('ultrasound', 0.99))).toEqual({
      ...route(thyroid),
      reasons: expect.arrayContaining(['the header decides']),
    });
  });
});

describe('a strong header', () => {
  it.each([
    [{ sop: DX, modality: 'DX', bodyPart: 'CHEST' }, 'xray'],
    [{ sop: DX, modality: 'CR', region: '51185008' }, 'xray'],
    [{ sop: DX, modality: 'DX', series: 'PA Chest erect' }, 'xray'],
    [{ sop: US, modality: 'US', bodyPart: ' breast ' }, 'ultrasound'],
    [{ sop: DERMOSCOPIC, modality: 'DMS' }, 'dermoscopy'],
    [{ sop: '1.2.840.10008.5.1.4.1.1.77.1.5.1', modality: 'OP' }, 'fundus'],
    [{ sop: '1.2.840.10008.5.1.4.1.1.77.1.2', modality: 'GM' }, 'microscopy'],
    [{ sop: SC, modality: 'ES', protocol: 'Colonoscopy' }, 'colonoscopy'],
    [{ sop: US, modality: 'US', bodyPart: 'THYROID' }, 'thyroid'],
    [{ sop: US, modality: 'US', region: '69748006' }, 'thyroid'],
    [{ sop: US, modality: 'US', series: 'Sono Schilddrüse' }, 'thyroid'],
    [{ sop: US, modality: 'US', study: 'US thyroïde' }, 'thyroid'],
  ] as const)('%j goes to %s without a detector', (h, channel) => {
    const decision = route(h);
    expect(decision).toMatchObject({ channel, source: 'header' });
    expect(decision.score).toBeGreaterThanOrEqual(rules.strong);
  });

  it('scores as one minus the product of the doubts', () => {
    const { scores } = headerEvidence(header({ modality: 'DX', bodyPart: 'CHEST' }), rules);
    expect(scores.xray).toBeCloseTo(1 - 0.1 * 0.6, 10);
    expect(scores.fundus).toBe(0);
  });

  it('is raised by pixels that agree', () => {
    const alone = route({ modality: 'DX', bodyPart: 'CHEST' });
    const both = route({ modality: 'DX', bodyPart: 'CHEST' }, seen('xray', 0.95));
    expect(both).toMatchObject({ channel: 'xray', source: 'header+pixels' });
    expect(both.score).toBeGreaterThan(alone.score);
  });

  it.each(['none', 'fundus'] as const)(
    'wins over pixels that say %s, with a lower score and a reason',
    (other) => {
      const alone = route({ modality: 'DX', bodyPart: 'CHEST' });
      const against = route({ modality: 'DX', bodyPart: 'CHEST' }, seen(other, 0.95));
      expect(against).toMatchObject({ channel: 'xray', source: 'header' });
      expect(against.score).toBeLessThan(alone.score);
      expect(against.reasons.at(-1)).toMatch(/pixels disagree/);
    },
  );

  it('that names two channels needs the pixels to settle it', () => {
    const twofold = { sop: DERMOSCOPIC, modality: 'OP', series: 'fundus' };
    expect(route(twofold)).toMatchObject({ channel: undefined });
    expect(route(twofold, seen('fundus', 0.95))).toMatchObject({
      channel: 'fundus',
      source: 'header+pixels',
    });
    expect(route(twofold, seen('xray', 0.95))).toMatchObject({ channel: undefined });
  });
});

describe('a weak header', () => {
  const radiograph = { sop: DX, modality: 'DX' };

  it('needs pixels that agree', () => {
    expect(route(radiograph, seen('xray', 0.95))).toMatchObject({ channel: 'xray', source: 'header+pixels' });
    expect(route(radiograph, seen('xray', 0.8))).toMatchObject({ channel: undefined });
    expect(route(radiograph, seen('none', 0.95))).toMatchObject({ channel: undefined });
    expect(route(radiograph, seen('fundus', 0.99))).toMatchObject({ channel: undefined });
  });

  it('is unsupported without a detector, and says so', () => {
    const decision = route(radiograph);
    expect(decision.channel).toBeUndefined();
    expect(decision.reasons.at(-1)).toMatch(/no modality detector/);
  });
});

describe('no header evidence', () => {
  it('leaves it to the pixels', () => {
    const bare = { sop: SC, modality: 'OT' };
    expect(route(bare, seen('microscopy', 0.97))).toMatchObject({ channel: 'microscopy', source: 'pixels' });
    expect(route(bare, seen('microscopy', 0.6))).toMatchObject({ channel: undefined, source: 'pixels' });
    expect(route(bare, seen('none', 0.97))).toMatchObject({ channel: undefined, score: 0.97 });
    expect(route(bare)).toMatchObject({ channel: undefined, source: 'none' });
  });

  it('asks more of them than a header that speaks for the channel', () => {
    const doubtful = seen('xray', 0.95);
    expect(route({ sop: DX, modality: 'DX' }, doubtful)).toMatchObject({ channel: 'xray' });
    const alone = route({ sop: SC, modality: 'OT' }, doubtful);
    expect(alone.channel).toBeUndefined();
    expect(alone.score).toBeCloseTo(0.05, 10);
    expect(alone.reasons.at(-1)).toMatch(/not clear enough to decide alone/);
  });

  it('believes "none of these" as readily as beside a header', () => {
    const { reasons } = route({ sop: SC, modality: 'OT' }, seen('none', 0.92));
    expect(reasons.at(-1)).toMatch(/of no kind the model knows/);
  });
});

describe('a rule for a device', () => {
  const device = (when: object): RoutingRules => ({
    ...rules,
    rules: [...rules.rules, { id: 'tower-2', channel: 'colonoscopy', weight: 0.95, when }],
  });
  const scoreOf = (h: Header, when: object) =>
    headerEvidence(header({ sop: SC, modality: 'OT', ...h }), device(when)).scores.colonoscopy;

  it('speaks for the channel by station name or by model, however spelt', () => {
    expect(scoreOf({ station: 'endo2 ' }, { stationName: ['ENDO2'] })).toBeCloseTo(0.95, 10);
    expect(scoreOf({ model: 'Tower 190' }, { manufacturerModelName: ['TOWER 190'] })).toBeCloseTo(0.95, 10);
    expect(scoreOf({ station: 'ENDO3' }, { stationName: ['ENDO2'] })).toBe(0);
    expect(scoreOf({}, { stationName: ['ENDO2'] })).toBe(0);
  });

  it('holds only with everything else it asks for, and does not tell the name', () => {
    const when = { stationName: ['ENDO2'], modality: ['ES'] };
    expect(scoreOf({ station: 'ENDO2' }, when)).toBe(0);
    expect(scoreOf({ station: 'ENDO2', modality: 'ES' }, when)).toBeGreaterThanOrEqual(0.95);
    const { reasons } = headerEvidence(header({ modality: 'ES', station: 'ENDO2' }), device(when));
    expect(reasons.join(' ')).toMatch(/rule tower-2 \(Modality ES, station name\)/);
  });
});

describe('a veto', () => {
  it('ends it whatever the pixels say', () => {
    const decision = route({ sop: DX, modality: 'DX', bodyPart: 'HAND' }, seen('xray', 0.99));
    expect(decision).toMatchObject({ channel: undefined, source: 'header', score: 1 });
    expect(decision.reasons.at(-1)).toMatch(/other-radiograph: the X-ray channel segments lungs/);
  });
});

describe('what is told', () => {
  it('holds no free text of the header', () => {
    const h = {
      sop: DX,
      modality: 'DX',
      bodyPart: 'LEFT FOOT OF JANE',
      series: 'chest of Jane Doe',
      study: 'Doe',
    };
    const { reasons } = route(h, seen('xray', 0.95));
    expect(reasons.join(' ')).not.toMatch(/jane|doe|foot/i);
    expect(reasons.join(' ')).toMatch(/radiograph-says-chest \(Modality DX, description\)/);
  });

  it('confirms the body part only with evidence for it', () => {
    expect(route({ modality: 'US', bodyPart: 'BREAST' }).bodyPartConfirmed).toBe(true);
    expect(route({ modality: 'US', region: '76752008' }).bodyPartConfirmed).toBe(true);
    expect(route({ modality: 'US', series: 'mass' }).bodyPartConfirmed).toBe(false);
    expect(route({ modality: 'DX', bodyPart: 'CHEST' }).bodyPartConfirmed).toBe(false);
  });
});

describe('pixelEvidence', () => {
  it('is the mean over the frames looked at', () => {
    const one = seen('xray', 1)!.probabilities;
    const other = seen('none', 1)!.probabilities;
    expect(pixelEvidence([one, one, other])).toMatchObject({ best: 'xray', probability: 2 / 3 });
    expect(pixelEvidence([])).toBeUndefined();
    expect(pixelEvidence([undefined])).toBeUndefined();
  });
});
