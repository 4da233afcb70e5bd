"""`python -m espmedsam.detector.evaluate`: the exported detector on the test split and beyond.

Prints a confusion table of the answers with the threshold applied, how many foreign images of each
painter (and, if given, of a folder of photographs) were taken for one of the six kinds, and, if
given, what a folder of DICOM files is taken for.
"""

import argparse
import csv
from collections import Counter
from pathlib import Path

import numpy as np
import onnxruntime
import torch

from espmedsam import manifest as manifests
from espmedsam.channels import NONE_CLASS
from espmedsam.data import read_pairs, read_rgb
from espmedsam.detector import CLASSES
from espmedsam.detector.foreign import PAINTERS, foreign_image
from espmedsam.preprocess import normalise, resize_image

FOREIGN_SEED = 2026
FOREIGN_COUNT = 1300


class Detector:
    """The exported detector of a model directory."""

    def __init__(self, models: Path) -> None:
        self.entry = manifests.read(models)["detector"]
        self.session = onnxruntime.InferenceSession(
            str(models / self.entry["file"]), providers=["CPUExecutionProvider"]
        )

    def probabilities(self, rgb: np.ndarray) -> np.ndarray:
        """`uint8 [H,W,3]` → seven probabilities."""
        contract = self.entry["input"]
        rules = contract["normalisation"]
        image = normalise(resize_image(rgb, contract["size"]), rules["mean"], rules["std"])
        return self.session.run(None, {"image": image[None].numpy()})[0][0]

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
    torch.set_num_threads(2)
    detector = Detector(arguments.models)
    rows = [
        (pair.modality, detector.answer(pair.image()))
        for pair in read_pairs(arguments.data, arguments.split)
    ]
    rng = np.random.default_rng(FOREIGN_SEED)
    accepted: Counter[str] = Counter()
    seen: Counter[str] = Counter()
    for _ in range(FOREIGN_COUNT):
        painter, image = foreign_image(rng, 256)
        answer = detector.answer(image)
        rows.append((NONE_CLASS, answer))
        seen[painter] += 1
        accepted[painter] += answer != NONE_CLASS
    print(confusion(rows))
    total = sum(accepted.values())
    print(f"\ngenerated foreign images accepted: {total} of {FOREIGN_COUNT}")
    print("  " + ", ".join(f"{name} {accepted[name]}/{seen[name]}" for name in PAINTERS))
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
