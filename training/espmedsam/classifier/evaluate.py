"""`python -m espmedsam.classifier.evaluate`: the exported classifier on what it was not trained on.

Everything is told for both thresholds: the one beside a header that speaks for a kind, and the one
for the classifier alone. Writes Markdown tables: what of each data set of the test split is right,
refused or taken for another kind, also with black borders; how many out-of-distribution pictures
of each kind are accepted. `--sets` adds sets of clinics that training never saw, `--drawn` drawn
pictures (`python -m tools.draw_ood`), `--dicom` DICOM files.

`--card` writes the tables into a model card, between the lines BEGIN and END; `--check` compares
them with a card's and exits with 1 when they differ.
"""

import argparse
import csv
import logging
import re
import statistics
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from espmedsam import manifest as manifests
from espmedsam.channels import NONE_CLASS
from espmedsam.classifier import CLASSES
from espmedsam.classifier.dataset import Picture, read_folder
from espmedsam.classifier.near_ood import blank
from espmedsam.data import read_rgb, read_sets
from espmedsam.onnx_graph import open_session
from espmedsam.preprocess import normalise, resize_image

BEGIN, END = "<!-- classifier results -->", "<!-- end of classifier results -->"
BLANK_FRAMES = 200
BORDER = 0.2
"""Black added at all four sides, as a share of the edge, to see what borders cost."""
COUNT_SLACK = 1
"""By which a count may differ from the card's: another processor may round another way."""


@dataclass(frozen=True)
class Finding:
    """What one picture looks like."""

    truth: str
    """Class that the model can answer with."""
    source: str
    """Data set or kind."""
    best: str
    """Most probable class."""
    probability: float

    def answer(self, threshold: float) -> str:
        """The class, or `none` when its probability is below the threshold."""
        return self.best if self.probability >= threshold else NONE_CLASS


class ExportedClassifier:
    """The modality classifier of a model directory."""

    def __init__(self, models: Path) -> None:
        self.entry = manifests.read(models)["detector"]
        self.classes: list[str] = self.entry["classes"]
        self.session = open_session(models / self.entry["file"], threads=1)
        beside = self.entry["threshold"]
        self.thresholds = (beside, self.entry.get("thresholdAlone", beside))

    def look(self, rgb: np.ndarray) -> tuple[str, float]:
        """The most probable class of a picture, `uint8 [H,W,3]`, and its probability."""
        contract = self.entry["input"]
        rules = contract["normalisation"]
        image = normalise(resize_image(rgb, contract["size"]), rules["mean"], rules["std"])
        probabilities = self.session.run(None, {"image": image[None].numpy()})[0][0]
        best = int(probabilities.argmax())
        return self.classes[best], float(probabilities[best])

    def find(self, rgb: np.ndarray, truth: str, source: str) -> Finding:
        """What a picture looks like; a truth that the model has no channel for counts as `none`."""
        expected = truth if truth in self.classes else NONE_CLASS
        return Finding(expected, source, *self.look(rgb))

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


def with_black_border(rgb: np.ndarray) -> np.ndarray:
    """The picture with `BORDER` of its edges added in black at all four sides."""
    rows, columns = (round(BORDER * edge) for edge in rgb.shape[:2])
    return np.pad(rgb, ((rows, rows), (columns, columns), (0, 0)))


def look_at(
    classifier: ExportedClassifier,
    pictures: Iterable[Picture],
    change: Callable[[np.ndarray], np.ndarray] = lambda rgb: rgb,
) -> list[Finding]:
    """Findings of pictures on disk, each changed before it is looked at."""
    return [classifier.find(change(read_rgb(p.path)), CLASSES[p.label], p.source) for p in pictures]


def pictures_of_sets(root: Path) -> list[Picture]:
    """A folder of sets from elsewhere (`espmedsam.data.read_sets`) as pictures of their classes."""
    return [
        Picture(pair.image_path, CLASSES.index(pair.modality), "test", pair.dataset, pair.stem)
        for pair in read_sets(root)
    ]


def known_table(
    findings: Sequence[Finding], bordered: Sequence[Finding], thresholds: tuple[float, float]
) -> list[str]:
    """One line for each data set whose channel the model has."""
    beside, alone = thresholds
    lines = [
        f"| channel | data set | n | right at {beside:.2f} | right at {alone:.2f} "
        "| refused | taken for another | right with black borders |",
        "|---|---|---|---|---|---|---|---|",
    ]
    keys = sorted({(f.truth, f.source) for f in findings if f.truth != NONE_CLASS})
    for key in keys:
        rows = [f for f in findings if (f.truth, f.source) == key]
        answers = [f.answer(alone) for f in rows]
        right = answers.count(key[0])
        refused = answers.count(NONE_CLASS)
        framed = [f.answer(alone) for f in bordered if (f.truth, f.source) == key]
        easier = sum(f.answer(beside) == key[0] for f in rows)
        lines.append(
            f"| {key[0]} | {key[1]} | {len(rows)} | {easier} | {right} | {refused} "
            f"| {len(rows) - right - refused} | {framed.count(key[0])} |"
        )
    return lines


def accepted_as(findings: Sequence[Finding], threshold: float) -> Counter[str]:
    """How many are taken for which kind."""
    answers = (finding.answer(threshold) for finding in findings)
    return Counter(answer for answer in answers if answer != NONE_CLASS)


def refusal_line(name: str, rows: Sequence[Finding], thresholds: tuple[float, float]) -> str:
    """A line of the table of pictures that should be refused."""
    counts = [accepted_as(rows, threshold) for threshold in thresholds]
    kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(counts[0].items()))
    return f"| {name} | {len(rows)} | {counts[0].total()} | {counts[1].total()} | {kinds} |"


def refusal_table(
    findings: Sequence[Finding],
    drawn: Sequence[Finding],
    held_out: Sequence[Finding],
    thresholds: tuple[float, float],
) -> list[str]:
    """One line for each kind of real pictures, the drawn ones summed; kinds that err by name."""
    beside, alone = thresholds
    lines = [
        f"| out of distribution | n | accepted at {beside:.2f} | at {alone:.2f} "
        f"| taken at {beside:.2f} for |",
        "|---|---|---|---|---|",
    ]
    real = [finding for finding in findings if finding.truth == NONE_CLASS]
    for source in sorted({finding.source for finding in real}):
        rows = [finding for finding in real if finding.source == source]
        lines.append(refusal_line(source, rows, thresholds))
    lines.append(refusal_line("**all of these**", real, thresholds))
    for what, rows in (("drawn", drawn), ("drawn, kinds not in training", held_out)):
        if not rows:
            continue
        kinds = sorted({finding.source for finding in rows})
        lines.append(refusal_line(f"**{what}** ({len(kinds)} kinds)", rows, thresholds))
        for kind in kinds:
            of_kind = [finding for finding in rows if finding.source == kind]
            if accepted_as(of_kind, beside):
                lines.append(refusal_line(f"{what}: {kind}", of_kind, thresholds))
    return lines


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


def report_dicom(classifier: ExportedClassifier, root: Path) -> None:
    """Prints which DICOM files, by `index.csv` (file, channel), are not taken for what they are."""
    with (root / "index.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    found = [
        classifier.find(dicom_rgb(root / row["file"]), row["channel"], row["file"]) for row in rows
    ]
    for threshold in classifier.thresholds:
        wrong = [finding for finding in found if finding.answer(threshold) != finding.truth]
        print(f"DICOM at {threshold:.2f}: {len(found) - len(wrong)} of {len(found)} right")
        for f in wrong:
            print(f"  {f.source} ({f.truth}): looks like {f.best} ({f.probability:.2f})")


def results(
    classifier: ExportedClassifier,
    roots: Sequence[Path],
    drawn_roots: Sequence[Path],
    sets: Path | None,
    split: str,
) -> list[str]:
    """The lines of all tables."""
    pictures = [p for root in roots for p in read_folder(root) if p.split == split]
    known = [p for p in pictures if CLASSES[p.label] in classifier.classes[:-1]]
    findings = look_at(classifier, pictures)
    bordered = look_at(classifier, known, with_black_border)
    rng = np.random.default_rng(0)
    findings += [
        classifier.find(blank(rng, 256), NONE_CLASS, "blank frames") for _ in range(BLANK_FRAMES)
    ]
    drawn, held_out = [], []
    for root in drawn_roots:
        every = read_folder(root)
        learned = {picture.source for picture in every if picture.split == "train"}
        for picture in (p for p in every if p.split == split):
            (drawn if picture.source in learned else held_out).append(picture)
    thresholds = classifier.thresholds
    lines = [f"The {split} split:", "", *known_table(findings, bordered, thresholds)]
    if sets is not None:
        unseen = pictures_of_sets(sets)
        looked = look_at(classifier, unseen)
        framed = look_at(classifier, unseen, with_black_border)
        lines += ["", "Sets that neither training nor the thresholds saw:", ""]
        lines += known_table(looked, framed, thresholds)
    lines += ["", f"What must be refused, {split} split:", ""]
    return lines + refusal_table(
        findings, look_at(classifier, drawn), look_at(classifier, held_out), thresholds
    )


def find_section(card: str) -> tuple[int, int]:
    """Where in a card the text between `BEGIN` and `END` lies. Raises `ValueError` without them."""
    if card.count(BEGIN) != 1 or card.count(END) != 1:
        raise ValueError(f"the card needs one line {BEGIN} and one line {END}")
    return card.index(BEGIN) + len(BEGIN), card.index(END)


def write_card(path: Path, lines: Sequence[str]) -> None:
    """Puts the tables into the card."""
    card = path.read_text()
    start, end = find_section(card)
    path.write_text(card[:start] + "\n" + "\n".join(lines) + "\n" + card[end:])


def differences(path: Path, lines: Sequence[str]) -> list[str]:
    """Lines of the card that say something else than measured, in counts by more than the slack."""
    card = path.read_text()
    start, end = find_section(card)
    stated = card[start:end].strip().splitlines()
    if len(stated) != len(lines):
        return [f"{len(stated)} lines stated, {len(lines)} measured"]
    found = []
    for before, after in zip(stated, lines, strict=True):
        numbers = [[int(n) for n in re.findall(r"\d+", line)] for line in (before, after)]
        words = [re.sub(r"\d+", "", line) for line in (before, after)]
        far = any(abs(a - b) > COUNT_SLACK for a, b in zip(*numbers, strict=False))
        if words[0] != words[1] or far:
            found.append(f"stated: {before}\nmeasured: {after}")
    return found


def main(argv: list[str] | None = None) -> int:
    """The command line; returns the exit code."""
    parser = argparse.ArgumentParser(prog="espmedsam.classifier.evaluate", description=__doc__)
    parser.add_argument("--models", type=Path, required=True)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="data folders")
    parser.add_argument("--drawn", type=Path, nargs="*", default=[], help="folders of drawn ones")
    parser.add_argument("--sets", type=Path, help="folder of sets that training never saw")
    parser.add_argument("--split", default="test")
    parser.add_argument("--dicom", type=Path, help="folder with DICOM files and an index.csv")
    parser.add_argument("--card", type=Path, help="model card to write the tables into")
    parser.add_argument("--check", type=Path, help="model card that must say the same; else exit 1")
    a = parser.parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    torch.set_num_threads(1)
    classifier = ExportedClassifier(a.models)
    lines = results(classifier, a.data, a.drawn, a.sets, a.split)
    print("\n".join(lines))
    print(f"\none picture takes {1000 * classifier.latency():.2f} ms on one thread")
    if a.dicom is not None:
        report_dicom(classifier, a.dicom)
    if a.card is not None:
        write_card(a.card, lines)
    if a.check is not None:
        found = differences(a.check, lines)
        for line in found:
            logging.error("differs: %s", line)
        return 1 if found else 0
    return 0


if __name__ == "__main__":
    sys.exit(main())
