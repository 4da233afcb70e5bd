import type { Code } from '../seg/index.js';

const dcm = (value: string, meaning: string): Code => ({ value, scheme: 'DCM', meaning });
const sct = (value: string, meaning: string): Code => ({ value, scheme: 'SCT', meaning });
const ucum = (value: string, meaning: string): Code => ({ value, scheme: 'UCUM', meaning });

/** Concepts of the report, from PS3.16 TID 1500, 1410, 1419, 4019 and 1004. */
export const CONCEPT = {
  measurementReport: dcm('126000', 'Imaging Measurement Report'),
  language: dcm('121049', 'Language of Content Item and Descendants'),
  observerType: dcm('121005', 'Observer Type'),
  deviceUid: dcm('121012', 'Device Observer UID'),
  deviceName: dcm('121013', 'Device Observer Name'),
  deviceManufacturer: dcm('121014', 'Device Observer Manufacturer'),
  deviceModel: dcm('121015', 'Device Observer Model Name'),
  deviceSerial: dcm('121016', 'Device Observer Serial Number'),
  procedureReported: dcm('121058', 'Procedure reported'),
  imagingMeasurements: dcm('126010', 'Imaging Measurements'),
  measurementGroup: dcm('125007', 'Measurement Group'),
  trackingIdentifier: dcm('112039', 'Tracking Identifier'),
  trackingUid: dcm('112040', 'Tracking Unique Identifier'),
  algorithmName: dcm('111001', 'Algorithm Name'),
  algorithmVersion: dcm('111003', 'Algorithm Version'),
  algorithmParameters: dcm('111002', 'Algorithm Parameters'),
  finding: dcm('121071', 'Finding'),
  findingSite: sct('363698007', 'Finding Site'),
  segmentationFrame: dcm('121214', 'Referenced Segmentation Frame'),
  sourceImage: dcm('121233', 'Source image for segmentation'),
  area: sct('42798000', 'Area'),
  longAxis: sct('103339001', 'Long Axis'),
} as const;

/** What concepts may be answered with. */
export const ANSWER = {
  english: { value: 'en', scheme: 'RFC5646', meaning: 'English' },
  device: dcm('121007', 'Device'),
  imaging: sct('363679005', 'Imaging procedure'),
} as const satisfies Record<string, Code>;

/** Units of measurement (PS3.16 CID 7461, CID 7460). */
export const UNIT = {
  millimetre: ucum('mm', 'millimeter'),
  squareMillimetre: ucum('mm2', 'square millimeter'),
  pixels: ucum('{pixels}', 'pixels'),
} as const;
