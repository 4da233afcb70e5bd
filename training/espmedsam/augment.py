"""Random views of an image and its mask: crop, flips, quarter turns, small rotation, colour.

All of it works on arrays of the target size or less than 512 pixels and costs 1–3 ms a sample.
"""

from dataclasses import dataclass

import cv2
import numpy as np


@dataclass(frozen=True)
class View:
    """What may vary for one modality."""

    min_crop: float
    """Smallest crop edge as a share of the image edge."""
    quarter_turns: bool
    """Whether the image has no up and down (microscopy, skin), so that it may lie on its side."""
    colour: float
    """Strength of the colour jitter, 0 for grey images."""
    fine: bool = False
    """Structures so thin that the whole image shows them only at a size of `FINE_SIZE` or more."""
    invert: float = 0.0
    """Probability of a negative."""


FINE_SIZE = 400
FINE_MAX_CROP = 0.6

VIEWS: dict[str, View] = {
    "dermoscopy": View(0.6, True, 0.12),
    "xray": View(0.7, False, 0.0),
    "ultrasound": View(0.65, False, 0.0),
    "fundus": View(0.3, True, 0.15, fine=True),
    "microscopy": View(0.4, True, 0.1, invert=0.1),
    "colonoscopy": View(0.6, True, 0.1),
}


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


def vary_intensity(image: np.ndarray, view: View, rng: np.random.Generator) -> np.ndarray:
    """Gamma, contrast, brightness, white balance and saturation on `float32` 0–255."""
    if rng.random() < view.invert:
        image = 255.0 - image
    image = 255.0 * (image / 255.0) ** np.float32(np.exp(rng.uniform(-0.35, 0.35)))
    mean = image.mean()
    image = (image - mean) * rng.uniform(0.75, 1.3) + mean + rng.uniform(-25, 25)
    if view.colour > 0:
        image = image * rng.uniform(1 - view.colour, 1 + view.colour, 3).astype(np.float32)
        grey = image.mean(axis=2, keepdims=True)
        image = grey + (image - grey) * rng.uniform(0.6, 1.4)
    if rng.random() < 0.2:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.2))
    if rng.random() < 0.3:
        noise = rng.standard_normal(image.shape[:2], dtype=np.float32)
        image = image + noise[..., None] * rng.uniform(1, 8)
    return np.clip(image, 0, 255).astype(np.float32)


def random_view(
    image: np.ndarray,
    mask: np.ndarray,
    view: View,
    size: int,
    full_share: float,
    rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """`uint8 [H,W,3]`, `uint8 [H,W]` → `float32 [size,size,3]` 0–255, `float32 [size,size]` 0–1.

    `full_share` is the probability of the whole image instead of a crop; fine structures are
    always shown as crops below `FINE_SIZE`.
    """
    if view.fine and size < FINE_SIZE:
        share = rng.uniform(view.min_crop, FINE_MAX_CROP)
        image, mask = random_crop(image, mask, share, rng)
    elif rng.random() >= full_share:
        image, mask = random_crop(image, mask, rng.uniform(view.min_crop, 1.0), rng)
    image, mask = squash(image, size).astype(np.float32), squash(mask, size).astype(np.float32)
    if rng.random() < 0.4:
        degrees, scale = rng.uniform(-20, 20), rng.uniform(0.9, 1.15)
        image, mask = rotate(image, degrees, scale), rotate(mask, degrees, scale)
    turns = int(rng.integers(4)) if view.quarter_turns else 0
    image, mask = np.rot90(image, turns), np.rot90(mask, turns)
    if rng.random() < 0.5:
        image, mask = image[:, ::-1], mask[:, ::-1]
    return vary_intensity(image, view, rng), np.ascontiguousarray(mask) / np.float32(255)
