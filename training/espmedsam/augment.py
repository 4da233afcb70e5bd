"""Random views of an image and its mask.

Rotation, scale, tone, white balance, blur and noise are kornia's. Our own are

- the crop, because its edge depends on what is shown: pictures with fine structures (vessels,
  nuclei) are used in tiles, so a view of them is about as large as a tile (`espmedsam.tiling`);
- flips and quarter turns, because on an array they are exact and cost nothing, while kornia's
  quarter turn is a resampling.

A view costs a few milliseconds and depends on the given generator only.
"""

from dataclasses import dataclass
from functools import cache

import cv2
import kornia.augmentation as K
import numpy as np
import torch
from torch import Tensor, nn


@dataclass(frozen=True)
class View:
    """What may vary for one modality."""

    min_crop: float = 0.6
    """Smallest crop edge as a share of the image edge."""
    quarter_turns: bool = False
    """Whether the image has no up and down (microscopy, skin), so that it may lie on its side."""
    colour: bool = False
    """Whether white balance and saturation vary; not for grey images."""
    max_crop: float = 1.0
    """Largest one; below 1 the whole image is never shown, because it is used in tiles."""
    invert: float = 0.0
    """Probability of a negative."""


VIEWS: dict[str, View] = {
    "dermoscopy": View(0.6, True, True),
    "xray": View(0.7),
    "ultrasound": View(0.65),
    "fundus": View(0.32, True, True, max_crop=0.5),
    "microscopy": View(0.42, True, True, max_crop=0.72, invert=0.1),
    "colonoscopy": View(0.6, True, True),
}
"""Other modalities have the default view unless a run's configuration gives them one."""


def random_crop(
    image: np.ndarray, mask: np.ndarray, share: float, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """A window of about `share` of both edges, its aspect varied by up to 15 %."""
    height, width = mask.shape
    aspect = np.exp(rng.uniform(-0.14, 0.14))
    h = round(height * min(1.0, share * aspect))
    w = round(width * min(1.0, share / aspect))
    top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
    window = (slice(top, top + h), slice(left, left + w))
    return image[window], mask[window]


def squash(array: np.ndarray, size: int) -> np.ndarray:
    """To size×size: by area when shrinking, bilinear when growing."""
    shrink = min(array.shape[:2]) >= size
    return cv2.resize(array, (size, size), interpolation=cv2.INTER_AREA if shrink else 1)


def rotate(array: np.ndarray, degrees: float, scale: float) -> np.ndarray:
    """About the centre; what comes in from outside is mirrored."""
    size = array.shape[0]
    matrix = cv2.getRotationMatrix2D(((size - 1) / 2, (size - 1) / 2), degrees, scale)
    return cv2.warpAffine(
        array, matrix, (size, size), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT_101
    )


def framed(
    image: np.ndarray,
    mask: np.ndarray,
    view: View,
    size: int,
    full_share: float,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Crop, squash, quarter turn and flip; still `uint8`, size×size."""
    if view.max_crop < 1 or rng.random() >= full_share:
        share = rng.uniform(view.min_crop, view.max_crop)
        image, mask = random_crop(image, mask, share, rng)
    image, mask = squash(image, size), squash(mask, size)
    turns = int(rng.integers(4)) if view.quarter_turns else 0
    image, mask = np.rot90(image, turns), np.rot90(mask, turns)
    if rng.random() < 0.5:
        image, mask = image[:, ::-1], mask[:, ::-1]
    return np.ascontiguousarray(image), np.ascontiguousarray(mask)


@cache
def tilt() -> K.RandomAffine:
    """A small rotation and scaling; what comes in from outside is mirrored."""
    return K.RandomAffine(20.0, scale=(0.9, 1.15), padding_mode="reflection", p=0.4)


@cache
def tones(view: View) -> nn.Sequential:
    """Everything that changes the values of the image `[1,3,S,S]`, 0–1, and not its geometry."""
    steps: list[nn.Module] = [K.RandomInvert(p=view.invert)] if view.invert > 0 else []
    steps += [
        K.RandomGamma((0.7, 1.42), p=1.0),
        K.RandomContrast((0.75, 1.3), p=1.0),
        K.RandomBrightness((0.9, 1.1), p=1.0),
    ]
    if view.colour:
        steps += [
            K.RandomPlanckianJitter("blackbody", p=0.5),
            K.RandomSaturation((0.6, 1.4), p=0.3),
        ]
    steps += [
        K.RandomGaussianBlur((5, 5), (0.4, 1.2), p=0.2),
        K.RandomGaussianNoise(0.0, 0.02, p=0.3),
    ]
    return nn.Sequential(*steps)


def random_view(
    image: np.ndarray,
    mask: np.ndarray,
    view: View,
    size: int,
    full_share: float,
    rng: np.random.Generator,
) -> tuple[Tensor, Tensor]:
    """`uint8 [H,W,3]`, `uint8 [H,W]` → `float32 [3,size,size]` 0–255, `float32 [1,size,size]` 0–1.

    `full_share` is the probability of the whole image instead of a crop, for those modalities that
    may show it.
    """
    image, mask = framed(image, mask, view, size, full_share, rng)
    pixels = torch.from_numpy(image).permute(2, 0, 1)[None].float() / 255
    label = torch.from_numpy(mask)[None, None].float() / 255
    # kornia draws from PyTorch's global generator: seeded for this view, then put back.
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(int(rng.integers(2**62)))
        both = tilt()(torch.cat((pixels, label), dim=1))
        pixels, label = tones(view)(both[:, :3].contiguous()), both[:, 3:]
    return 255 * pixels[0].clamp(0, 1), label[0].clamp(0, 1)
