"""What the detector's temperature and thresholds are chosen on."""

import numpy as np
import torch
from torch import Tensor

from espmedsam.channels import NUM_CHANNELS
from espmedsam.data import Pair
from espmedsam.detector import SIZE
from espmedsam.detector.foreign import foreign_image
from espmedsam.detector.near_foreign import NEAR_SHARE, images_by_kind, near_foreign
from espmedsam.preprocess import normalise, resize_image

FOREIGN = 6000
"""Foreign images among them."""


def evaluation_set(pairs: list[Pair], foreign: int, seed: int) -> tuple[Tensor, Tensor, Tensor]:
    """Unchanged images, resized as in use, and so many foreign ones from another seed.

    Images, labels, and which ones are made of the given images; a part of the foreign ones is, as
    in training.
    """
    images = [normalise(resize_image(pair.image(), SIZE)) for pair in pairs]
    rng = np.random.default_rng([seed, 77])
    kinds, near = images_by_kind(pairs), int(foreign * NEAR_SHARE)
    for number in range(foreign):
        image = near_foreign(kinds, rng) if number < near else foreign_image(rng, 256)[1]
        images.append(normalise(resize_image(image, SIZE)))
    labels = torch.tensor([pair.channel for pair in pairs] + [NUM_CHANNELS] * foreign)
    made = torch.zeros(len(labels), dtype=torch.bool)
    made[len(pairs) : len(pairs) + near] = True
    return torch.stack(images), labels, made
