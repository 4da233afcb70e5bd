"""The image and mask pairs, read once into memory.

Layout of a data folder: `manifest.csv` with columns modality, stem, split (train, val, test) and
dataset; `<modality>/images/STEM.jpg`; `<modality>/masks/STEM.png` with 0 and 255.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from espmedsam.channels import channel_index


@dataclass(frozen=True)
class Pair:
    """One image with its reference mask: where it lies, not its pixels."""

    modality: str
    stem: str
    split: str
    dataset: str
    root: Path

    @property
    def channel(self) -> int:
        """Decoder index of the modality."""
        return channel_index(self.modality)

    def image(self) -> np.ndarray:
        """RGB `uint8 [H,W,3]`; grey images are replicated to three channels."""
        return read_rgb(self.root / self.modality / "images" / f"{self.stem}.jpg")

    def mask(self) -> np.ndarray:
        """`uint8 [H,W]`, 0 or 255."""
        path = self.root / self.modality / "masks" / f"{self.stem}.png"
        mask = cv2.imread(str(path), cv2.IMREAD_GRAYSCALE)
        if mask is None:
            raise FileNotFoundError(path)
        return mask


def read_rgb(path: Path) -> np.ndarray:
    """An image file as `uint8 [H,W,3]` in RGB order."""
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if image is None:
        raise FileNotFoundError(path)
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def read_pairs(root: Path, split: str) -> list[Pair]:
    """All pairs of a split, in the order of the manifest."""
    with (root / "manifest.csv").open(newline="") as file:
        return [
            Pair(row["modality"], row["stem"], row["split"], row["dataset"], root)
            for row in csv.DictReader(file)
            if row["split"] == split
        ]


class PairCache:
    """Decoded pairs of one modality, held in memory as uint8."""

    def __init__(self, pairs: list[Pair]) -> None:
        self.items = [(pair.image(), pair.mask()) for pair in pairs]

    def __len__(self) -> int:
        return len(self.items)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        return self.items[index]


def shuffled(length: int, seed: int, channel: int, start: int, count: int) -> Iterator[int]:
    """Draws number `start` to `start + count` of an endless shuffled walk over `length` items.

    A pure function of its arguments: a resumed run draws what the interrupted one would have.
    """
    for draw in range(start, start + count):
        epoch, position = divmod(draw, length)
        yield int(np.random.default_rng([seed, channel, epoch]).permutation(length)[position])
