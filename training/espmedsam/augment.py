"""Random views of an image and its mask.

Pictures with fine structures (vessels, nuclei) are used in tiles, so a view of them is about as
large as a tile (`espmedsam.tiling`). What devices and archives add is drawn by
`espmedsam.artefacts`.

All of it is OpenCV on `uint8` arrays: a view costs a few milliseconds, and training has one core.
It depends on the given generator only.
"""

from dataclasses import dataclass

import cv2
import numpy as np
import torch
from torch import Tensor

from espmedsam.artefacts import bordered, coarse, compressed, joined, marked, tinted, vignetted

EMPTY_TRIES = 6
EMPTY_SHARE = 0.6
"""By how much a crop that is to show nothing may be smaller than others."""


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
    empty_crop: float = 0.0
    """Probability of a crop that shows no foreground, where one is easily found."""
    border: float = 0.0
    """Probability of black borders."""
    vignette: float = 0.0
    """Probability of a dark surround of the field of view."""
    marks: float = 0.0
    """Probability of callipers, text and scales."""
    degrade: float = 0.0
    """Probability of lost resolution, and again of JPEG's traces."""
    tint: float = 0.0
    """Probability of another hue."""
    mosaic: float = 0.0
    """Probability that a part is of another picture of the same modality."""


VIEWS: dict[str, View] = {
    "dermoscopy": View(
        0.5,
        True,
        True,
        empty_crop=0.05,
        border=0.2,
        vignette=0.15,
        marks=0.1,
        degrade=0.15,
        tint=0.15,
        mosaic=0.05,
    ),
    "xray": View(0.65, border=0.2, vignette=0.05, marks=0.2, degrade=0.15),
    "ultrasound": View(
        0.5, empty_crop=0.1, border=0.25, vignette=0.1, marks=0.25, degrade=0.2, mosaic=0.08
    ),
    "fundus": View(0.16, True, True, max_crop=0.34, degrade=0.1, tint=0.15),
    "microscopy": View(
        0.26,
        True,
        True,
        max_crop=0.55,
        invert=0.1,
        border=0.03,
        degrade=0.15,
        tint=0.35,
        mosaic=0.04,
    ),
    "colonoscopy": View(
        0.45,
        True,
        True,
        empty_crop=0.08,
        border=0.15,
        vignette=0.15,
        marks=0.15,
        degrade=0.2,
        tint=0.15,
        mosaic=0.08,
    ),
    "thyroid": View(
        0.6, empty_crop=0.05, border=0.25, vignette=0.1, marks=0.25, degrade=0.2, mosaic=0.05
    ),
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


def empty_crop(
    image: np.ndarray, mask: np.ndarray, view: View, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """A crop without foreground if one of a few tries is such, else the last one tried."""
    for _ in range(EMPTY_TRIES):
        share = rng.uniform(EMPTY_SHARE * view.min_crop, view.min_crop)
        crop = random_crop(image, mask, share, rng)
        if not crop[1].any():
            break
    return crop


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
    """Crop, black borders, squash, quarter turn and flip; still `uint8`, size×size."""
    if rng.random() < view.empty_crop:
        image, mask = empty_crop(image, mask, view, rng)
    elif view.max_crop < 1 or rng.random() >= full_share:
        share = rng.uniform(view.min_crop, view.max_crop)
        image, mask = random_crop(image, mask, share, rng)
    if rng.random() < view.border:
        image, mask = bordered(image, mask, rng)
    image, mask = squash(image, size), squash(mask, size)
    turns = int(rng.integers(4)) if view.quarter_turns else 0
    image, mask = np.rot90(image, turns), np.rot90(mask, turns)
    if rng.random() < 0.5:
        image, mask = image[:, ::-1], mask[:, ::-1]
    return np.ascontiguousarray(image), np.ascontiguousarray(mask)


def with_artefacts(
    image: np.ndarray, mask: np.ndarray, view: View, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """What devices and archives add, each with the view's probability."""
    if rng.random() < view.tint:
        image = tinted(image, rng)
    if rng.random() < view.vignette:
        image, mask = vignetted(image, mask, rng)
    if rng.random() < view.marks:
        image = marked(image, rng)
    if rng.random() < view.degrade:
        image = coarse(image, rng)
    if rng.random() < view.degrade:
        image = compressed(image, rng)
    return image, mask


def tilted(
    image: np.ndarray, mask: np.ndarray, rng: np.random.Generator
) -> tuple[np.ndarray, np.ndarray]:
    """A small rotation and scaling; what comes in from outside is mirrored."""
    degrees, scale = rng.uniform(-20, 20), rng.uniform(0.9, 1.15)
    return rotate(image, degrees, scale), rotate(mask, degrees, scale)


def toned(image: np.ndarray, view: View, rng: np.random.Generator) -> np.ndarray:
    """Other gamma, contrast and brightness, and white balance and saturation of colour pictures."""
    level = np.arange(256, dtype=np.float32) / 255
    if rng.random() < view.invert:
        level = 1 - level
    curve = level ** np.exp(rng.uniform(-0.36, 0.36))
    curve = curve * rng.uniform(0.75, 1.3) + rng.uniform(-0.1, 0.1)
    gains = np.ones(3)
    if view.colour and rng.random() < 0.5:
        gains = np.exp(rng.uniform(-0.15, 0.15, 3))
    table = np.clip(255 * curve[:, None] * gains, 0, 255).astype(np.uint8)
    image = cv2.LUT(image, table[:, None])
    if view.colour and rng.random() < 0.3:
        grey = cv2.cvtColor(cv2.cvtColor(image, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
        share = rng.uniform(0.6, 1.4)
        image = cv2.addWeighted(image, share, grey, 1 - share, 0)
    return image


def grained(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Blur, or noise, or neither."""
    if rng.random() < 0.25:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.8))
    if rng.random() < 0.3:
        noise = np.empty(image.shape, np.int16)
        cv2.setRNGSeed(int(rng.integers(2**31)))
        cv2.randn(noise, 0, rng.uniform(1, 8))
        image = cv2.add(image, noise, dtype=cv2.CV_8U)
    return image


def random_view(
    image: np.ndarray,
    mask: np.ndarray,
    view: View,
    size: int,
    full_share: float,
    rng: np.random.Generator,
    other: tuple[np.ndarray, np.ndarray] | None = None,
) -> tuple[Tensor, Tensor]:
    """`uint8 [H,W,3]`, `uint8 [H,W]` → `float32 [3,size,size]` 0–255, `float32 [1,size,size]` 0–1.

    `full_share` is the probability of the whole image instead of a crop, for those modalities that
    may show it. With an `other` image and mask a part of the view is of that one.
    """
    image, mask = framed(image, mask, view, size, full_share, rng)
    if other is not None:
        image, mask = joined((image, mask), framed(*other, view, size, full_share, rng), rng)
    image, mask = with_artefacts(image, mask, view, rng)
    if rng.random() < 0.4:
        image, mask = tilted(image, mask, rng)
    image = grained(toned(image, view, rng), rng)
    pixels = torch.from_numpy(np.ascontiguousarray(image)).permute(2, 0, 1).float()
    return pixels, torch.from_numpy(np.ascontiguousarray(mask))[None].float() / 255


def whole_view(image: np.ndarray, mask: np.ndarray, size: int) -> tuple[Tensor, Tensor]:
    """A picture as it is, squashed to size×size; shapes and ranges as of `random_view`."""
    pixels = torch.from_numpy(squash(image, size)).permute(2, 0, 1).float()
    return pixels, torch.from_numpy(squash(mask, size))[None].float() / 255
