"""python3 bench/seg-highdicom.py FRAMES: the same with highdicom, if it is installed."""

import io
import json
import resource
import sys
import time

import highdicom as hd
import numpy as np
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sr.codedict import codes
from pydicom.uid import ExplicitVRLittleEndian

SIDE = 1024
frames = int(sys.argv[1])

source = Dataset()
source.file_meta = FileMetaDataset()
source.file_meta.TransferSyntaxUID = ExplicitVRLittleEndian
source.SOPClassUID = "1.2.840.10008.5.1.4.1.1.3.1"
source.SOPInstanceUID = "1.2.3.4.5.1"
source.StudyInstanceUID, source.SeriesInstanceUID = "1.2.3.4", "1.2.3.4.5"
source.PatientID = source.PatientName = source.PatientBirthDate = source.PatientSex = ""
source.StudyDate = source.StudyTime = source.StudyID = source.AccessionNumber = ""
source.ReferringPhysicianName = ""
source.Modality = "US"
source.Rows = source.Columns = SIDE
source.NumberOfFrames = frames
source.FrameOfReferenceUID = "1.2.3.4.99"
source.LossyImageCompression = "00"
shared = Dataset()
orientation, measures = Dataset(), Dataset()
orientation.ImageOrientationPatient = [1, 0, 0, 0, 1, 0]
measures.PixelSpacing, measures.SliceThickness = [1, 1], 1
shared.PlaneOrientationSequence, shared.PixelMeasuresSequence = [orientation], [measures]
source.SharedFunctionalGroupsSequence = [shared]
per_frame = []
for index in range(frames):
    position, group = Dataset(), Dataset()
    position.ImagePositionPatient = [0, 0, index]
    group.PlanePositionSequence = [position]
    per_frame.append(group)
source.PerFrameFunctionalGroupsSequence = per_frame

masks = np.zeros((frames, SIDE, SIDE), np.uint8)
ys, xs = np.ogrid[:SIDE, :SIDE]
for f in range(frames):
    masks[f] = (xs - 300 - f % 400) ** 2 + (ys - 500 + f % 90) ** 2 <= (150 + f % 60) ** 2

start, cpu = time.perf_counter(), time.process_time()
segment = hd.seg.SegmentDescription(
    segment_number=1,
    segment_label="Mass",
    segmented_property_category=codes.SCT.MorphologicallyAbnormalStructure,
    segmented_property_type=codes.SCT.Mass,
    algorithm_type=hd.seg.SegmentAlgorithmTypeValues.AUTOMATIC,
    algorithm_identification=hd.AlgorithmIdentificationSequence(
        name="ESP-MedSAM", version="1", family=codes.cid7162.ArtificialIntelligence
    ),
)
seg = hd.seg.Segmentation(
    source_images=[source],
    pixel_array=masks,
    segmentation_type=hd.seg.SegmentationTypeValues.BINARY,
    segment_descriptions=[segment],
    series_instance_uid=hd.UID(),
    series_number=1,
    sop_instance_uid=hd.UID(),
    instance_number=1,
    manufacturer="m",
    manufacturer_model_name="m",
    software_versions="1",
    device_serial_number="1",
)
out = io.BytesIO()
seg.save_as(out)
print(
    json.dumps(
        {
            "seconds": time.perf_counter() - start,
            "cpuSeconds": time.process_time() - cpu,
            "peakMegabytes": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            "bytes": out.getbuffer().nbytes,
        }
    )
)
