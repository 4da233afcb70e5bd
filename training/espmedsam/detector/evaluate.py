"""`python -m espmedsam.detector.evaluate`: the exported detector on the test split and beyond.

Prints a confusion table of the answers with the threshold applied; how many foreign images of each
painter were taken for one of the six kinds, those that training saw the like of and those of kinds
held out from it; and, if given, what a folder of photographs and a folder of DICOM files are taken
for.
"""

import argparse
import csv
import statistics
import time
from collections import Counter
from pathlib import Path

import numpy as np
import torch

from espmedsam import manifest as manifests
from espmedsam.channels import NONE_CLASS
from espmedsam.data import read_pairs, read_rgb
from espmedsam.detector import CLASSES
from espmedsam.detector.foreign import PAINTERS, foreign_image
from espmedsam.detector.foreign.drawing import Painter
from espmedsam.detector.foreign.held_out import HELD_OUT
from espmedsam.onnx_graph import open_session
from espmedsam.preprocess import normalise, resize_image

FOREIGN_SEED = 2026
PER_PAINTER = 100


class Detector:
    """The exported detector of a model directory."""

    def __init__(self, models: Path) -> None:
        self.entry = manifests.read(models)["detector"]
        self.session = open_session(models / self.entry["file"], threads=1)

    def probabilities(self, rgb: np.ndarray) -> np.ndarray:
        """`uint8 [H,W,3]` → seven probabilities."""
        contract = self.entry["input"]
        rules = contract["normalisation"]
        image = normalise(resize_image(rgb, contract["size"]), rules["mean"], rules["std"])
        return self.session.run(None, {"image": image[None].numpy()})[0][0]

    def latency(self, runs: int = 50) -> float:
        """Median seconds of one run of the network, on one thread as it is opened."""
        size = self.entry["input"]["size"]
        image = np.zeros((1, 3, size, size), np.float32)
        times = []
        for _ in range(runs):
            start = time.perf_counter()
            self.session.run(None, {"image": image})
            times.append(time.perf_counter() - start)
        return statistics.median(times)

    def answer(self, rgb: np.ndarray) -> str:
        """The class, or `none` when the best probability is below the threshold."""
        probabilities = self.probabilities(rgb)
        best = int(probabilities.argmax())
        return CLASSES[best] if probabilities[best] >= self.entry["threshold"] else NONE_CLASS


def confusion(rows: list[tuple[str, str]]) -> str:
    """A Markdown table of truth (down) against answer (across)."""
    counts = Counter(rows)
    lines = [
        "| truth \\ answer | " + " | ".join(CLASSES) + " |",
        "|---" * (len(CLASSES) + 1) + "|",
    ]
    for truth in CLASSES:
        if any(row[0] == truth for row in rows):
            cells = " | ".join(str(counts[truth, answer]) for answer in CLASSES)
            lines.append(f"| {truth} | {cells} |")
    return "\n".join(lines)


def dicom_rgb(path: Path) -> np.ndarray:
    """The first frame of a DICOM file as RGB uint8 (grey ones stretched to their range)."""
    import pydicom
    from pydicom.pixels import apply_modality_lut, convert_color_space

    dataset = pydicom.dcmread(path)
    pixels = dataset.pixel_array
    if int(dataset.get("NumberOfFrames", 1) or 1) > 1:
        pixels = pixels[0]
    if pixels.ndim == 3:
        if "YBR" in dataset.PhotometricInterpretation and dataset.file_meta.TransferSyntaxUID in (
            "1.2.840.10008.1.2",
            "1.2.840.10008.1.2.1",
        ):
            pixels = convert_color_space(pixels, dataset.PhotometricInterpretation, "RGB")
        return pixels.astype(np.uint8)
    grey = np.asarray(apply_modality_lut(pixels, dataset), np.float32)
    if dataset.PhotometricInterpretation == "MONOCHROME1":
        grey = grey.max() - grey
    if dataset.BitsStored > 8:
        grey = (grey - grey.min()) / max(float(np.ptp(grey)), 1.0) * 255
    return np.repeat(grey.astype(np.uint8)[..., None], 3, axis=2)


def report_foreign(detector: Detector, what: str, painters: dict[str, Painter]) -> list[str]:
    """Prints which painters' images are taken for one of the six kinds; returns all answers."""
    rng = np.random.default_rng(FOREIGN_SEED)
    answers, lines = [], []
    for name, painter in painters.items():
        own = [
            detector.answer(foreign_image(rng, 256, {name: painter})[1]) for _ in range(PER_PAINTER)
        ]
        taken = Counter(answer for answer in own if answer != NONE_CLASS)
        if taken:
            kinds = ", ".join(f"{kind} {count}" for kind, count in taken.items())
            lines.append(f"  {name}: {taken.total()} of {len(own)} ({kinds})")
        answers += own
    accepted = sum(answer != NONE_CLASS for answer in answers)
    share = 100 * accepted / len(answers)
    print(f"foreign images {what} accepted: {accepted} of {len(answers)} ({share:.2f} %)")
    print("\n".join(lines))
    return answers


def report_dicom(detector: Detector, root: Path) -> None:
    """Compares with `index.csv` (columns file, channel) of a folder of DICOM files."""
    with (root / "index.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    wrong = []
    for row in rows:
        rgb = dicom_rgb(root / row["file"])
        answer = detector.answer(rgb)
        if answer != row["channel"]:
            wrong.append((row["file"], answer, float(detector.probabilities(rgb).max())))
    print(f"\nDICOM: {len(rows) - len(wrong)} of {len(rows)} right")
    for name, answer, best in wrong:
        print(f"  {name}: {answer} (best probability {best:.2f})")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--split", default="test")
    parser.add_argument("--photos", type=Path, help="folder of images of none of the six kinds")
    parser.add_argument("--dicom", type=Path, help="folder with DICOM files and an index.csv")
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    detector = Detector(arguments.models)
    rows = [
        (pair.modality, detector.answer(pair.image()))
        for pair in read_pairs(arguments.data, arguments.split)
    ]
    known = report_foreign(detector, "of the kinds in training", PAINTERS)
    unknown = report_foreign(detector, "of kinds held out from training", HELD_OUT)
    print(confusion([*rows, *((NONE_CLASS, answer) for answer in known + unknown)]))
    right = sum(truth == answer for truth, answer in rows)
    print(f"\nright on the {arguments.split} split: {right} of {len(rows)}")
    print(f"one image takes {1000 * detector.latency():.2f} ms on one thread")
    if arguments.photos is not None:
        for path in sorted(arguments.photos.iterdir()):
            rgb = read_rgb(path)
            answer = detector.answer(rgb)
            mark = "" if answer == NONE_CLASS else f"  <- taken for {answer}"
            print(f"photo {path.name}: {detector.probabilities(rgb).max():.2f}{mark}")
    if arguments.dicom is not None:
        report_dicom(detector, arguments.dicom)


if __name__ == "__main__":
    main()
