"""`python -m espmedsam.detector.evaluate`: the exported detector on the test split and beyond.

Everything is told for both thresholds: the one beside a header that speaks for a kind, and the one
for the detector alone. Prints a confusion table of the answers; what of the split is right, refused
or taken for another kind; how many foreign images of each painter are taken for one of the six
kinds, those that training saw the like of and those of kinds held out from it; and, if given, what
a folder of photographs and a folder of DICOM files are taken for.
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
from espmedsam.detector.foreign.unseen import UNSEEN
from espmedsam.onnx_graph import open_session
from espmedsam.preprocess import normalise, resize_image

FOREIGN_SEED = 2026
PER_PAINTER = 100

Finding = tuple[str, float]
"""The most probable class and its probability."""


class Detector:
    """The exported detector of a model directory."""

    def __init__(self, models: Path) -> None:
        self.entry = manifests.read(models)["detector"]
        self.session = open_session(models / self.entry["file"], threads=1)
        beside = self.entry["threshold"]
        self.thresholds = {"header": beside, "alone": self.entry.get("thresholdAlone", beside)}

    def finding(self, rgb: np.ndarray) -> Finding:
        """What a picture, `uint8 [H,W,3]`, looks like most."""
        contract = self.entry["input"]
        rules = contract["normalisation"]
        image = normalise(resize_image(rgb, contract["size"]), rules["mean"], rules["std"])
        probabilities = self.session.run(None, {"image": image[None].numpy()})[0][0]
        best = int(probabilities.argmax())
        return CLASSES[best], float(probabilities[best])

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


def answer(finding: Finding, threshold: float) -> str:
    """The class, or `none` when its probability is below the threshold."""
    best, probability = finding
    return best if probability >= threshold else NONE_CLASS


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


def find_foreign(detector: Detector, painters: dict[str, Painter]) -> dict[str, list[Finding]]:
    """What the same number of images of each painter look like."""
    rng = np.random.default_rng(FOREIGN_SEED)
    return {
        name: [
            detector.finding(foreign_image(rng, 256, {name: painter})[1])
            for _ in range(PER_PAINTER)
        ]
        for name, painter in painters.items()
    }


def report_foreign(what: str, found: dict[str, list[Finding]], threshold: float) -> None:
    """Prints which painters' images are taken for one of the six kinds."""
    lines, accepted = [], 0
    for name, findings in found.items():
        answers = [answer(finding, threshold) for finding in findings]
        taken = Counter(kind for kind in answers if kind != NONE_CLASS)
        if taken:
            kinds = ", ".join(f"{kind} {count}" for kind, count in taken.items())
            lines.append(f"  {name}: {taken.total()} of {len(answers)} ({kinds})")
        accepted += taken.total()
    total = sum(len(findings) for findings in found.values())
    print(f"foreign images {what} accepted: {accepted} of {total} ({100 * accepted / total:.2f} %)")
    print("\n".join(lines))


def report_split(split: str, known: list[tuple[str, Finding]], threshold: float) -> None:
    """Prints how many images of a split are recognised, refused, or taken for another kind."""
    rows = [(truth, answer(finding, threshold)) for truth, finding in known]
    right = sum(truth == given for truth, given in rows)
    refused = Counter(truth for truth, given in rows if given == NONE_CLASS)
    kinds = ", ".join(f"{kind} {count}" for kind, count in refused.items())
    print(f"{split} split: {right} of {len(rows)} right, {refused.total()} refused ({kinds}),")
    print(f"  {len(rows) - right - refused.total()} taken for another of the six kinds")


def find_dicom(detector: Detector, root: Path) -> list[tuple[str, str, Finding]]:
    """File, kind by `index.csv` (columns file, channel), and what it looks like."""
    with (root / "index.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    return [
        (row["file"], row["channel"], detector.finding(dicom_rgb(root / row["file"])))
        for row in rows
    ]


def report_dicom(found: list[tuple[str, str, Finding]], threshold: float) -> None:
    """Prints how many DICOM files are taken for what they are, and those that are not."""
    wrong = [row for row in found if answer(row[2], threshold) != row[1]]
    print(f"DICOM: {len(found) - len(wrong)} of {len(found)} right")
    for name, _, (best, probability) in wrong:
        print(f"  {name}: looks like {best} ({probability:.2f})")


def report_photos(detector: Detector, folder: Path) -> None:
    """Prints what each picture of a folder looks like, and by which thresholds it is accepted."""
    for path in sorted(folder.iterdir()):
        finding = detector.finding(read_rgb(path))
        by = [name for name, t in detector.thresholds.items() if answer(finding, t) != NONE_CLASS]
        mark = f"  <- accepted ({', '.join(by)})" if by else ""
        print(f"photo {path.name}: {finding[0]} {finding[1]:.2f}{mark}")


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
    pairs = read_pairs(arguments.data, arguments.split)
    known = [(pair.modality, detector.finding(pair.image())) for pair in pairs]
    foreign = {
        "of the kinds in training": find_foreign(detector, PAINTERS),
        "of kinds held out from training": find_foreign(detector, UNSEEN),
    }
    drawn = [
        (NONE_CLASS, finding)
        for found in foreign.values()
        for findings in found.values()
        for finding in findings
    ]
    dicom = [] if arguments.dicom is None else find_dicom(detector, arguments.dicom)
    for name, threshold in detector.thresholds.items():
        print(f"\n== threshold {threshold:.2f} ({name})")
        print(confusion([(truth, answer(best, threshold)) for truth, best in [*known, *drawn]]))
        report_split(arguments.split, known, threshold)
        for what, found in foreign.items():
            report_foreign(what, found, threshold)
        if dicom:
            report_dicom(dicom, threshold)
    print(f"\none image takes {1000 * detector.latency():.2f} ms on one thread")
    if arguments.photos is not None:
        report_photos(detector, arguments.photos)


if __name__ == "__main__":
    main()
