"""`python -m tools.draw_ood OUT`: a data set of drawn out-of-distribution pictures.

The modality classifier must refuse pictures of every kind that no channel is made for. Where no
real pictures are at hand, these stand in for them. `OUT` gets the layout that
`espmedsam.classifier.dataset` reads: `manifest.csv` (kind, stem, split, role, group) and
`images/STEM.jpg`. The kinds in `held_out.HELD_OUT` have a test split only, so that neither training
nor the choice of a threshold ever sees one of them.
"""

import argparse
import csv
from collections.abc import Iterator
from pathlib import Path

import cv2
import numpy as np

from tools.draw_ood.drawing import Painter
from tools.draw_ood.held_out import HELD_OUT
from tools.draw_ood.painters import PAINTERS, drawn_image

SPLITS = {"train": 100, "val": 40, "test": 60}
"""Pictures of each kind in a split."""
EDGES = (160, 256)
"""Edges in pixels of a drawn picture: lines of one pixel are finer in the larger one."""
JPEG_QUALITY = 92
FIELDS = ("kind", "stem", "split", "role", "group")


def pictures(
    painters: dict[str, Painter], splits: dict[str, int], seed: int
) -> Iterator[tuple[dict[str, str], np.ndarray]]:
    """Manifest row and picture, `uint8 [H,W,3]` RGB, of every kind and split.

    A kind's pictures depend on the seed, its name and the split only, so that a kind more or less
    changes no other.
    """
    for kind, painter in painters.items():
        for split, count in splits.items():
            rng = np.random.default_rng([seed, *kind.encode(), *split.encode()])
            for number in range(count):
                edge = int(rng.choice(EDGES))
                _, image = drawn_image(rng, edge, {kind: painter})
                stem = f"{kind.replace(' ', '_')}_{split}_{number:03d}"
                row = {"kind": kind, "stem": stem, "split": split, "role": "foreign", "group": stem}
                yield row, image


def write(output: Path, splits: dict[str, int], seed: int) -> int:
    """Draws everything into a folder and returns the number of pictures."""
    (output / "images").mkdir(parents=True, exist_ok=True)
    drawn = [
        pictures(PAINTERS, splits, seed),
        pictures(HELD_OUT, {"test": splits["test"]}, seed),
    ]
    rows = []
    for row, image in (item for part in drawn for item in part):
        path = output / "images" / f"{row['stem']}.jpg"
        bgr = cv2.cvtColor(image, cv2.COLOR_RGB2BGR)
        if not cv2.imwrite(str(path), bgr, [cv2.IMWRITE_JPEG_QUALITY, JPEG_QUALITY]):
            raise OSError(f"cannot write {path}")
        rows.append(row)
    with (output / "manifest.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, FIELDS)
        writer.writeheader()
        writer.writerows(rows)
    return len(rows)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("output", type=Path, help="folder for manifest.csv and images/")
    for split, count in SPLITS.items():
        parser.add_argument(f"--{split}", type=int, default=count, help="pictures of each kind")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    splits = {split: getattr(arguments, split) for split in SPLITS}
    print(f"{write(arguments.output, splits, arguments.seed)} pictures in {arguments.output}")


if __name__ == "__main__":
    main()
