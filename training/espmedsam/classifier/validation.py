"""What the classifier's temperature and thresholds are chosen on."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from espmedsam.classifier import NONE, SIZE
from espmedsam.classifier.dataset import (
    as_in_use,
    at_working_edge,
    decoded,
    read_folders,
)
from espmedsam.classifier.near_ood import near_ood
from espmedsam.preprocess import normalise, resize_image

NEAR_PICTURES = 800
"""Pictures made of known ones among them."""


@dataclass(frozen=True)
class ValidationSet:
    """Pictures as in use, with what they are."""

    images: Tensor
    """Normalised, `float32 [N,3,112,112]`."""
    labels: Tensor
    """Numbers in `CLASSES`, `[N]`."""
    near: Tensor
    """Which ones `near_ood` made of known ones, `bool [N]`."""
    sources: list[str]
    """Data set or kind of each."""


def validation_set(
    roots: Sequence[Path],
    near_pictures: int = NEAR_PICTURES,
    cache: Path | None = None,
    split: str = "val",
) -> ValidationSet:
    """A split's unchanged pictures, and so many made of the known ones among them."""
    pictures = read_folders(roots, split)
    known = [picture for picture in pictures if picture.label != NONE]
    working = decoded(known, at_working_edge, cache)
    kinds = [
        [image for image, picture in zip(working, known, strict=True) if picture.label == label]
        for label in range(NONE)
    ]
    rng = np.random.default_rng(77)
    near = [resize_image(near_ood(kinds, rng), SIZE) for _ in range(near_pictures)]
    given = torch.from_numpy(np.array(decoded(pictures, as_in_use, cache)))
    labels = [picture.label for picture in pictures] + [NONE] * near_pictures
    flags = torch.zeros(len(labels), dtype=torch.bool)
    flags[len(pictures) :] = True
    images = torch.cat((given, torch.stack(near))) if near else given
    return ValidationSet(
        normalise(images),
        torch.tensor(labels),
        flags,
        [picture.source for picture in pictures] + ["near"] * near_pictures,
    )
