"""Image and mask pairs on disk, in one of four layouts.

- The data layout: `manifest.csv` with columns modality, stem, split (train, val, test) and dataset;
  `<modality>/images/STEM.jpg`; `<modality>/masks/STEM.png` with 0 and 255.
- A plain pair of folders of one modality: `images/` and `masks/`, files matched by their stem.
- Sets from elsewhere: `<set>/<modality>/images/` and `masks/`; a `manifest.csv` with columns set,
  modality and stem may name those that count.
- Images alone, in any folders below one: enough for the distillation of common knowledge.

Images may be of any size, each of its own.
"""

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from espmedsam.channels import channel_index

SUFFIXES = {".bmp", ".jpeg", ".jpg", ".png", ".tif", ".tiff", ".webp"}
PLAIN_VAL_EVERY = 10
"""Every tenth image of a plain folder is for validation."""
IMAGES_ONLY = "image"
"""The modality of images that lie in a folder without masks."""


class DataError(ValueError):
    """A data folder is not laid out as it must be."""


@dataclass(frozen=True)
class Pair:
    """One image with its reference mask: where it lies, not its pixels."""

    modality: str
    stem: str
    split: str
    dataset: str
    image_path: Path
    mask_path: Path | None

    @property
    def channel(self) -> int:
        """Decoder index of the modality, for the six usual ones."""
        return channel_index(self.modality)

    def image(self) -> np.ndarray:
        """RGB `uint8 [H,W,3]`; grey images are replicated to three channels."""
        return read_rgb(self.image_path)

    def mask(self) -> np.ndarray:
        """`uint8 [H,W]`, 0 or 255."""
        if self.mask_path is None:
            raise DataError(f"{self.image_path.name} has no mask")
        mask = cv2.imread(str(self.mask_path), cv2.IMREAD_GRAYSCALE)
        if mask is None:
            raise FileNotFoundError(self.mask_path)
        return mask


def read_rgb(path: Path) -> np.ndarray:
    """An image file as `uint8 [H,W,3]` in RGB order."""
    image = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if image is None:
        raise FileNotFoundError(path)
    return cv2.cvtColor(image, cv2.COLOR_BGR2RGB)


def read_manifest(root: Path) -> list[Pair]:
    """All pairs of the data layout, in the order of the manifest."""
    with (root / "manifest.csv").open(newline="") as file:
        return [
            Pair(
                row["modality"],
                row["stem"],
                row["split"],
                row["dataset"],
                root / row["modality"] / "images" / f"{row['stem']}.jpg",
                root / row["modality"] / "masks" / f"{row['stem']}.png",
            )
            for row in csv.DictReader(file)
        ]


def image_files(folder: Path) -> list[Path]:
    """The image files anywhere below a folder, sorted."""
    return sorted(path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)


def read_folder_pair(root: Path, modality: str) -> list[Pair]:
    """The pairs of `root/images` and `root/masks`; every tenth is `val`, the others `train`.

    Raises `DataError` for an image without mask, so that a wrong naming is not overlooked.
    """
    masks = {path.stem: path for path in image_files(root / "masks")}
    pairs = []
    for number, path in enumerate(image_files(root / "images")):
        if path.stem not in masks:
            raise DataError(f"{path.name} has no mask of the same stem in {root / 'masks'}")
        split = "val" if number % PLAIN_VAL_EVERY == PLAIN_VAL_EVERY - 1 else "train"
        pairs.append(Pair(modality, path.stem, split, root.name, path, masks[path.stem]))
    return pairs


def read_pairs(root: Path, split: str, modality: str | None = None) -> list[Pair]:
    """All pairs of a split, whichever layout the folder has.

    `modality` is that of a plain pair of folders; the data layout names its own. Raises `DataError`
    when the folder has neither layout.
    """
    if (root / "manifest.csv").exists():
        pairs = read_manifest(root)
    elif (root / "images").is_dir() and (root / "masks").is_dir():
        if modality is None:
            raise DataError(f"{root} is a plain pair of folders: its modality must be given")
        pairs = read_folder_pair(root, modality)
    else:
        raise DataError(f"{root} has neither manifest.csv nor images/ and masks/")
    return [pair for pair in pairs if pair.split == split]


def read_all(roots: Sequence[Path], split: str) -> list[Pair]:
    """A split's pairs of several data folders, one after the other."""
    return [pair for root in roots for pair in read_pairs(root, split)]


def read_sets(root: Path) -> list[Pair]:
    """All pairs of a folder of sets, `dataset` being the set's name.

    Raises `DataError` when there is none, or an image has no mask.
    """
    folders = [p.parent for p in sorted(root.glob("*/*/images")) if p.is_dir()]
    pairs = [
        replace(pair, dataset=folder.parent.name)
        for folder in folders
        for pair in read_folder_pair(folder, folder.name)
    ]
    if (root / "manifest.csv").exists():
        with (root / "manifest.csv").open(newline="") as file:
            named = {(r["set"], r["modality"], r["stem"]) for r in csv.DictReader(file)}
        pairs = [pair for pair in pairs if (pair.dataset, pair.modality, pair.stem) in named]
    if not pairs:
        raise DataError(f"{root} holds no <set>/<modality>/images")
    return pairs


def read_images(root: Path, split: str) -> list[Pair]:
    """A split's images for a stage that needs no masks: the data layout, or any folder of images.

    Every tenth of a plain folder is `val`.
    """
    if (root / "manifest.csv").exists():
        return read_pairs(root, split)
    pairs = []
    for number, path in enumerate(image_files(root)):
        own = "val" if number % PLAIN_VAL_EVERY == PLAIN_VAL_EVERY - 1 else "train"
        if own == split:
            pairs.append(Pair(IMAGES_ONLY, path.stem, own, root.name, path, None))
    return pairs


class PairCache:
    """Decoded pairs of one modality; kept in memory as uint8 up to a budget of bytes.

    What does not fit is decoded at every use. An image without mask gets an empty one.
    """

    def __init__(self, pairs: list[Pair], budget: int) -> None:
        self.pairs = pairs
        self.left = budget
        self.kept: dict[Path, tuple[np.ndarray, np.ndarray]] = {}

    def __len__(self) -> int:
        return len(self.pairs)

    def __getitem__(self, index: int) -> tuple[np.ndarray, np.ndarray]:
        pair = self.pairs[index]
        if pair.image_path in self.kept:
            return self.kept[pair.image_path]
        image = pair.image()
        mask = np.zeros(image.shape[:2], np.uint8) if pair.mask_path is None else pair.mask()
        if image.shape[:2] != mask.shape:
            raise DataError(f"{pair.stem}: image {image.shape[:2]}, mask {mask.shape}")
        if image.nbytes + mask.nbytes <= self.left:
            self.left -= image.nbytes + mask.nbytes
            self.kept[pair.image_path] = (image, mask)
        return image, mask


def shuffled(length: int, seed: int, channel: int, start: int, count: int) -> Iterator[int]:
    """Draws number `start` to `start + count` of an endless shuffled walk over `length` items.

    A pure function of its arguments: a resumed run draws what the interrupted one would have.
    """
    for draw in range(start, start + count):
        epoch, position = divmod(draw, length)
        yield int(np.random.default_rng([seed, channel, epoch]).permutation(length)[position])
