import { type Keyword } from '../../../dicom/index.js';
import { isUid } from '../../../core/index.js';
import { SOP_CLASS_OF_FORM } from '../../shared/pixel-format.js';
import { PATIENT_STUDY_TYPE_2 } from '../../shared/patient-study.js';
import { CODES } from '../../shared/codes.js';
import { has, hasCode, items, number, text, texts } from './read.js';
import type { Rule } from './rule.js';

const UIDS = ['SOPInstanceUID', 'SeriesInstanceUID', 'StudyInstanceUID'] as const;
const EQUIPMENT = [
  'Manufacturer',
  'ManufacturerModelName',
  'DeviceSerialNumber',
  'SoftwareVersions',
] as const;
const DATES = ['ContentDate', 'SeriesDate'] as const;
const TIMES = ['ContentTime', 'SeriesTime'] as const;

const list = (keywords: readonly Keyword[], what: string) =>
  keywords.length > 0 ? `${what}: ${keywords.join(', ')}` : undefined;

/** What the object is, whose it is and what made it. */
export const identityRules: readonly Rule[] = [
  {
    id: 'sop-class',
    refusedBy: ['OHIF', 'dcmqi (3D Slicer)'],
    broken: ({ dataset, form }) =>
      text(dataset, 'SOPClassUID') === SOP_CLASS_OF_FORM[form]
        ? undefined
        : `SOPClassUID is not that of a ${form} segmentation`,
  },
  {
    id: 'modality',
    refusedBy: ['OHIF'],
    broken: ({ dataset }) => (text(dataset, 'Modality') === 'SEG' ? undefined : 'Modality is not SEG'),
  },
  {
    id: 'uids',
    broken: ({ dataset }) =>
      list(
        UIDS.filter((keyword) => !isUid(text(dataset, keyword))),
        'not a UID',
      ),
  },
  {
    id: 'numbers',
    broken: ({ dataset }) =>
      list(
        (['SeriesNumber', 'InstanceNumber'] as const).filter(
          (key) => !Number.isInteger(number(dataset, key)),
        ),
        'not an integer',
      ),
  },
  {
    id: 'image-type',
    broken: ({ dataset }) =>
      texts(dataset, 'ImageType').join('\\') === 'DERIVED\\PRIMARY'
        ? undefined
        : 'ImageType is not DERIVED\\PRIMARY',
  },
  {
    id: 'patient-study',
    broken: ({ dataset }) =>
      list(
        PATIENT_STUDY_TYPE_2.filter((keyword) => !has(dataset, keyword)),
        'absent',
      ),
  },
  {
    id: 'equipment',
    broken: ({ dataset }) =>
      list(
        EQUIPMENT.filter((keyword) => text(dataset, keyword) === undefined),
        'empty',
      ),
  },
  {
    id: 'contributing-equipment',
    broken: ({ dataset }) => {
      const processing = items(dataset, 'ContributingEquipmentSequence').find((item) =>
        hasCode(item, 'PurposeOfReferenceCodeSequence', CODES.processingEquipment),
      );
      if (!processing) return 'no item with purpose (109102, DCM)';
      return text(processing, 'Manufacturer') === undefined ? 'Manufacturer is empty' : undefined;
    },
  },
  {
    id: 'dates',
    broken: ({ dataset }) =>
      list(
        [
          ...DATES.filter((keyword) => !/^\d{8}$/.test(text(dataset, keyword) ?? '')),
          ...TIMES.filter((keyword) => !/^\d{6}(\.\d{1,6})?$/.test(text(dataset, keyword) ?? '')),
        ],
        'not a date or time',
      ),
  },
];
