"""How an image may turn up: framing, turning, exposure, bars; what the detector is trained on."""

import cv2
import numpy as np

from espmedsam.augment import rotate, squash
from espmedsam.channels import CHANNELS
from espmedsam.detector import SIZE


def colour_cast(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Exposure, contrast, gamma, white balance, blur, noise; more than the segmenter sees."""
    # All in float32: in float64 this takes most of a step's time.
    image = 255 * (image / np.float32(255)) ** np.float32(np.exp(rng.uniform(-0.5, 0.5)))
    mean, contrast = image.mean(), np.float32(rng.uniform(0.6, 1.5))
    image = (image - mean) * contrast + (mean + np.float32(rng.uniform(-35, 35)))
    image = image * rng.uniform(0.88, 1.12, 3).astype(np.float32)
    if rng.random() < 0.25:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 1.3))
    if rng.random() < 0.4:
        grain = rng.standard_normal(image.shape, np.float32)
        image = image + grain * np.float32(rng.uniform(1, 12))
    return np.clip(image, 0, 255)


def detector_view(image: np.ndarray, rng: np.random.Generator, channel: int) -> np.ndarray:
    """`uint8 [H,W,3]` → augmented `float32 [SIZE,SIZE,3]` 0–255."""
    if rng.random() < 0.6:
        height, width = image.shape[:2]
        h, w = (int(v * rng.uniform(0.6, 1)) for v in (height, width))
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        image = image[top : top + h, left : left + w]
    image = squash(image, SIZE).astype(np.float32)
    if rng.random() < 0.4:
        image = rotate(image, rng.uniform(-25, 25), rng.uniform(0.85, 1.2))
    if channel not in (CHANNELS.index("xray"), CHANNELS.index("ultrasound")):
        image = np.rot90(image, int(rng.integers(4)))
    if rng.random() < 0.5:
        image = image[:, ::-1]
    image = colour_cast(np.ascontiguousarray(image), rng)
    if rng.random() < 0.12:
        # The picture does not fill the frame: black at two or four sides.
        inner = np.zeros_like(image)
        h, w = (int(SIZE * rng.uniform(0.55, 1)) for _ in range(2))
        top, left = (SIZE - h) // 2, (SIZE - w) // 2
        inner[top : top + h, left : left + w] = cv2.resize(
            image, (w, h), interpolation=cv2.INTER_AREA
        )
        image = inner
    elif rng.random() < 0.12:
        # Black or white bars, as secondary captures have them.
        bar = int(SIZE * rng.uniform(0.03, 0.15))
        value = 0 if rng.random() < 0.8 else 255
        axis = rng.integers(2)
        image[(slice(None), slice(0, bar)) if axis else slice(0, bar)] = value
        image[(slice(None), slice(-bar, None)) if axis else slice(-bar, None)] = value
    return image
