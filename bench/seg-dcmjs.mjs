// node bench/seg-dcmjs.mjs FRAMES: the same with dcmjs's own SEG derivation, as its documentation uses it.
import dcmjs from 'dcmjs';
import { masks, measure, SIDE } from './masks.mjs';

const frames = Number(process.argv[2]);
const code = (CodeValue, CodeMeaning) => ({ CodeValue, CodingSchemeDesignator: 'SCT', CodeMeaning });
// The derivation wants a normalized multi-frame with pixels; their size only sets the size of a buffer it drops.
const source = {
  _vrMap: {},
  _meta: { _vrMap: {} },
  SOPClassUID: '1.2.840.10008.5.1.4.1.1.3.1',
  SOPInstanceUID: '1.2.3.4.5.1',
  StudyInstanceUID: '1.2.3.4',
  SeriesInstanceUID: '1.2.3.4.5',
  FrameOfReferenceUID: '1.2.3.4.99',
  NumberOfFrames: frames,
  Rows: SIDE,
  Columns: SIDE,
  PixelData: new ArrayBuffer(8),
  SharedFunctionalGroupsSequence: {
    PlaneOrientationSequence: { ImageOrientationPatient: [1, 0, 0, 0, 1, 0] },
    PixelMeasuresSequence: { PixelSpacing: [1, 1], SliceThickness: 1, SpacingBetweenSlices: 1 },
  },
  PerFrameFunctionalGroupsSequence: Array.from({ length: frames }, (_, index) => ({
    PlanePositionSequence: { ImagePositionPatient: [0, 0, index] },
  })),
};
const labelmaps = masks(frames);
const numbers = labelmaps.map((_, index) => index + 1);

dcmjs.log.setLevel(dcmjs.log.levels.SILENT);
measure(() => {
  const segmentation = new dcmjs.derivations.Segmentation([source]);
  segmentation.setNumberOfFrames(frames);
  const segment = {
    SegmentLabel: 'Mass',
    SegmentedPropertyCategoryCodeSequence: code('49755003', 'Morphologically Abnormal Structure'),
    SegmentedPropertyTypeCodeSequence: code('4147007', 'Mass'),
    SegmentAlgorithmType: 'AUTOMATIC',
    SegmentAlgorithmName: 'ESP-MedSAM',
    RecommendedDisplayCIELabValue: [50000, 32768, 50000],
  };
  segmentation.addSegmentFromLabelmap(segment, labelmaps, 1, numbers);
  segmentation.bitPackPixelData();
  return dcmjs.data.datasetToBuffer(segmentation.dataset).length;
});
