"""Reads SEG files with pydicom: for every frame the source it refers to and its pixels. Prints JSON."""

import base64
import json
import sys

import numpy
import pydicom


def frames_of(path):
    seg = pydicom.dcmread(path)
    pixels = seg.pixel_array.reshape(int(seg.NumberOfFrames), seg.Rows, seg.Columns).astype(numpy.uint8)
    frames = []
    for picture, groups in zip(pixels, seg.PerFrameFunctionalGroupsSequence):
        source = groups.DerivationImageSequence[0].SourceImageSequence[0]
        number = source.get("ReferencedFrameNumber")
        frames.append(
            {
                "uid": str(source.ReferencedSOPInstanceUID),
                "frame": None if number is None else int(number),
                "pixels": base64.b64encode(picture.tobytes()).decode(),
            }
        )
    return {"frames": frames}


print(json.dumps([frames_of(path) for path in sys.argv[1:]]))
