"""Labelled pictures on disk, decoded once and kept as arrays.

Two layouts, told apart by the columns of `manifest.csv`:

- image and mask pairs as for segmentation (`espmedsam.data`): the class is the modality;
- pictures of other kinds: columns kind, stem, role, split and group; pictures in
  `images/STEM.jpg`. The role `foreign` is the class `none`, `accept:<channel>` that channel: a
  kind that nothing was labelled for but that the channel can segment.

A folder of the second layout without any `val` or `test` row is split here, kind by kind and by
group, because thresholds must not be chosen and measured on the pictures of training.
"""

import csv
import hashlib
import logging
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from espmedsam.augment import squash
from espmedsam.channels import NONE_CLASS
from espmedsam.classifier import CLASSES, SIZE
from espmedsam.data import DataError, read_rgb
from espmedsam.preprocess import resize_image

WORKING_EDGE = 192
"""Pictures for training are kept at this edge; a crop of three fifths of it fills the input."""
OWN_SPLIT = (("train", 0.6), ("val", 0.8), ("test", 1.0))
"""Upper end of each split in the order of the groups' hashes."""
ACCEPT = "accept:"


@dataclass(frozen=True)
class Picture:
    """One picture: where it lies, not its pixels."""

    path: Path
    label: int
    """Number in `CLASSES`."""
    split: str
    source: str
    """Data set or kind."""
    group: str
    """Pictures of one patient, case or scene; they stay in one split."""


def label_of(name: str, where: str) -> int:
    """Number of a class. Raises `DataError` for a name that is none."""
    if name not in CLASSES:
        raise DataError(f"{where}: {name!r} is no class of the classifier ({', '.join(CLASSES)})")
    return CLASSES.index(name)


def label_of_role(role: str, where: str) -> int:
    """The class of a role, `foreign` or `accept:<channel>`; another one raises `DataError`."""
    if role.startswith(ACCEPT):
        return label_of(role.removeprefix(ACCEPT), where)
    if role != "foreign":
        raise DataError(f"{where}: the role is {role!r}; expected foreign or {ACCEPT}<channel>")
    return label_of(NONE_CLASS, where)


def split_by_group(pictures: Sequence[Picture]) -> list[Picture]:
    """The pictures of each kind split 60, 20 and 20 % by the hash of their group, in any order."""
    kinds: dict[str, dict[str, list[Picture]]] = defaultdict(lambda: defaultdict(list))
    for picture in pictures:
        kinds[picture.source][picture.group].append(picture)
    result = []
    for groups in kinds.values():
        names = sorted(groups, key=lambda name: hashlib.sha256(f"ood {name}".encode()).digest())
        for number, name in enumerate(names):
            place = (number + 0.5) / len(names)
            split = next(split for split, end in OWN_SPLIT if place < end)
            result += [replace(picture, split=split) for picture in groups[name]]
    return result


def present(pictures: list[Picture], manifest: Path) -> list[Picture]:
    """Those whose file is there; the others are named in a warning."""
    missing = [picture.path.name for picture in pictures if not picture.path.exists()]
    if missing:
        logging.warning("%s names files that are not there: %s", manifest, ", ".join(missing))
    return [picture for picture in pictures if picture.path.name not in missing]


def read_folder(root: Path) -> list[Picture]:
    """All pictures of a folder of either layout.

    Files that the manifest names and the folder lacks are left out with a warning. Raises
    `DataError` for a folder of neither layout and for a class or role that is not known.
    """
    manifest = root / "manifest.csv"
    if not manifest.exists():
        raise DataError(f"{root} has no manifest.csv")
    with manifest.open(newline="") as file:
        rows = list(csv.DictReader(file))
    columns = set(rows[0]) if rows else set()
    if {"modality", "stem", "split", "dataset"} <= columns:
        return [
            Picture(
                root / row["modality"] / "images" / f"{row['stem']}.jpg",
                label_of(row["modality"], f"{manifest}, {row['stem']}"),
                row["split"],
                row["dataset"],
                row.get("group") or row["stem"],
            )
            for row in rows
        ]
    if {"kind", "stem", "role", "split", "group"} <= columns:
        pictures = [
            Picture(
                root / "images" / f"{row['stem']}.jpg",
                label_of_role(row["role"], f"{manifest}, {row['stem']}"),
                row["split"],
                row["kind"],
                row["group"],
            )
            for row in rows
        ]
        given = {picture.split for picture in pictures}
        pictures = present(pictures, manifest)
        return split_by_group(pictures) if given == {"train"} else pictures
    raise DataError(f"{manifest} has neither the columns of pairs nor those of kinds and roles")


def read_folders(roots: Iterable[Path], split: str) -> list[Picture]:
    """A split's pictures of several folders, in the order of their manifests."""
    return [picture for root in roots for picture in read_folder(root) if picture.split == split]


def at_working_edge(path: Path) -> np.ndarray:
    """A picture for training, `uint8 [192,192,3]`."""
    return squash(read_rgb(path), WORKING_EDGE)


def as_in_use(path: Path) -> np.ndarray:
    """A picture as the product feeds it, before normalisation: `float32 [3,112,112]`, 0–255."""
    return resize_image(read_rgb(path), SIZE).numpy().astype(np.float32)


def decoded(
    pictures: Sequence[Picture], prepare: Callable[[Path], np.ndarray], cache: Path | None
) -> np.ndarray:
    """All pictures, prepared, in one array; from `cache` when the same were decoded before.

    The cache is a folder of `.npy` files that are mapped into memory, one for each list of files
    (by path, size and time) and each way to prepare them.
    """
    if not pictures:
        raise DataError("there are no pictures of this split")
    if cache is None:
        return np.stack([prepare(picture.path) for picture in pictures])
    identity = hashlib.sha256(prepare.__name__.encode())
    for picture in pictures:
        about = picture.path.stat()
        identity.update(f"\n{picture.path}\t{about.st_size}\t{about.st_mtime_ns}".encode())
    path = cache / f"{prepare.__name__}-{identity.hexdigest()[:16]}.npy"
    if not path.exists():
        cache.mkdir(parents=True, exist_ok=True)
        first = prepare(pictures[0].path)
        # Under another name until it is whole: a run that was stopped leaves no half file.
        part = path.with_suffix(".part")
        array = np.lib.format.open_memmap(
            part, "w+", dtype=first.dtype, shape=(len(pictures), *first.shape)
        )
        for number, picture in enumerate(pictures):
            array[number] = prepare(picture.path)
        array.flush()
        part.rename(path)
    return np.load(path, mmap_mode="r")
