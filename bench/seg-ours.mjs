// node bench/seg-ours.mjs FRAMES [binary|labelmap]: builds one SEG with this project (dist/ must be built).
import { buildSeg } from '../dist/objects/index.js';
import { masks, measure, SIDE } from './masks.mjs';

const frames = Number(process.argv[2]);
const form = process.argv[3] ?? 'binary';
const value = (vr, ...Value) => ({ vr, Value });
const source = {
  '00080016': value('UI', '1.2.840.10008.5.1.4.1.1.3.1'),
  '00080018': value('UI', '1.2.3.4.5.1'),
  '0020000D': value('UI', '1.2.3.4'),
  '0020000E': value('UI', '1.2.3.4.5'),
  '00200011': value('IS', 3),
  '00280008': value('IS', frames),
  '00280010': value('US', SIDE),
  '00280011': value('US', SIDE),
};
const code = (codeValue, meaning) => ({ value: codeValue, scheme: 'SCT', meaning });
const input = {
  sources: [source],
  frames: masks(frames).map((data, index) => ({
    sourceIndex: 0,
    frameNumber: index + 1,
    mask: { rows: SIDE, columns: SIDE, data },
  })),
  segment: {
    label: 'Mass',
    description: 'Mass',
    category: code('49755003', 'Morphologically Abnormal Structure'),
    type: code('4147007', 'Mass'),
    color: [255, 214, 10],
  },
  algorithm: {
    name: 'ESP-MedSAM',
    version: '1',
    softwareVersion: '1',
    weightsSha256: 'ab'.repeat(32),
    channel: 'ultrasound',
    channelIndex: 2,
    score: 1,
    threshold: 0.5,
    preprocessingVersion: '1',
  },
  profile: 'viewer',
  form,
  now: new Date(0),
};
measure(() => buildSeg(input).bytes.length);
