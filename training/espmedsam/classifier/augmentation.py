"""How a picture may turn up: framing, turning, stain, exposure, black borders, burned-in text."""

import cv2
import numpy as np

from espmedsam.augment import rotate, squash
from espmedsam.classifier import CLASSES, NONE, SIZE

UPRIGHT = tuple(CLASSES.index(name) for name in ("xray", "ultrasound", "thyroid"))
"""They have an up and a down."""
MICROSCOPY = CLASSES.index("microscopy")
MIN_CROP = 0.6
"""Smallest crop edge as a share of the image edge."""
MIN_CROP_MICROSCOPY = 0.4
"""There is no natural scale: a field of nuclei cut in four is one at a higher power."""


def cropped(image: np.ndarray, rng: np.random.Generator, label: int) -> np.ndarray:
    """A random window, squashed to SIZE×SIZE; `float32`."""
    if rng.random() < 0.6:
        least = MIN_CROP_MICROSCOPY if label == MICROSCOPY else MIN_CROP
        height, width = image.shape[:2]
        h, w = (int(v * rng.uniform(least, 1)) for v in (height, width))
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        image = image[top : top + h, left : left + w]
    return squash(image, SIZE).astype(np.float32)


def turned(image: np.ndarray, rng: np.random.Generator, label: int) -> np.ndarray:
    """Tilted, turned by quarters where the kind has no up and down, mirrored."""
    if rng.random() < 0.4:
        image = rotate(image, rng.uniform(-25, 25), rng.uniform(0.85, 1.2))
    # Most pictures of other kinds have an up and down: turned ones only would be known by it.
    if label not in UPRIGHT and (label != NONE or rng.random() < 0.3):
        image = np.rot90(image, int(rng.integers(4)))
    if rng.random() < 0.5:
        image = image[:, ::-1]
    return np.ascontiguousarray(image)


def stained(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A microscopy picture in another colour: channels exchanged, grey, or the negative."""
    way = rng.random()
    if way < 0.2:
        return np.ascontiguousarray(image[..., rng.permutation(3)])
    if way < 0.3:
        return np.repeat(image.mean(axis=2, keepdims=True), 3, axis=2)
    if way < 0.36:
        return 255 - image
    if way < 0.5 and np.ptp(image.mean(axis=(0, 1))) < 12:
        # Grey fluorescence under a random tint, as viewers show it.
        return image * rng.uniform(0, 1, 3).astype(np.float32)
    return image


def colour_cast(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Exposure, contrast, gamma, hue, white balance, blur, noise, compression."""
    # All in float32: in float64 this takes most of a step's time.
    image = 255 * (np.clip(image, 0, 255) / np.float32(255)) ** np.float32(
        np.exp(rng.uniform(-0.5, 0.5))
    )
    mean, contrast = image.mean(), np.float32(rng.uniform(0.6, 1.5))
    image = (image - mean) * contrast + (mean + np.float32(rng.uniform(-35, 35)))
    if rng.random() < 0.5:
        # A mixing matrix close to the identity turns the hue and changes the saturation.
        mixing = np.eye(3, dtype=np.float32) + rng.uniform(-0.12, 0.12, (3, 3)).astype(np.float32)
        image = image @ (mixing / mixing.sum(axis=0))
    image = image * rng.uniform(0.88, 1.12, 3).astype(np.float32)
    if rng.random() < 0.25:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 1.3))
    if rng.random() < 0.4:
        grain = rng.standard_normal(image.shape, np.float32)
        image = image + grain * np.float32(rng.uniform(1, 12))
    image = np.clip(image, 0, 255)
    if rng.random() < 0.15:
        quality = int(rng.integers(25, 85))
        coded = cv2.imencode(".jpg", image.astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])
        image = cv2.imdecode(coded[1], cv2.IMREAD_COLOR).astype(np.float32)
    return image


def boxed(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The picture does not fill the frame: black (rarely grey or white) around it."""
    inner = np.full_like(image, 0 if rng.random() < 0.85 else rng.uniform(0, 255))
    h, w = (SIZE if rng.random() < 0.3 else int(SIZE * rng.uniform(0.5, 1)) for _ in range(2))
    top = (SIZE - h) // 2 if rng.random() < 0.7 else int(rng.integers(0, SIZE - h + 1))
    left = (SIZE - w) // 2 if rng.random() < 0.7 else int(rng.integers(0, SIZE - w + 1))
    inner[top : top + h, left : left + w] = cv2.resize(image, (w, h), interpolation=cv2.INTER_AREA)
    return inner


def barred(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Black or white bars, as secondary captures have them."""
    bar = int(SIZE * rng.uniform(0.03, 0.15))
    value = 0 if rng.random() < 0.8 else 255
    axis = rng.integers(2)
    image[(slice(None), slice(0, bar)) if axis else slice(0, bar)] = value
    image[(slice(None), slice(-bar, None)) if axis else slice(-bar, None)] = value
    return image


def dark_cornered(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Black outside a circle, as behind a dermatoscope or an endoscope."""
    y, x = np.mgrid[0:SIZE, 0:SIZE].astype(np.float32)
    middle = SIZE * rng.uniform(0.42, 0.58, 2)
    distance = np.hypot(y - middle[0], x - middle[1])
    radius, soft = SIZE * rng.uniform(0.45, 0.68), SIZE * rng.uniform(0.005, 0.08)
    return image * np.clip((radius - distance) / soft + 0.5, 0, 1)[..., None].astype(np.float32)


def overlaid(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Burned-in text, callipers and a scale."""
    ink = np.zeros((SIZE, SIZE), np.uint8)
    for _ in range(int(rng.integers(1, 5))):
        at = tuple(int(v) for v in rng.integers(0, SIZE, 2))
        if rng.random() < 0.6:
            text = "".join(chr(int(c)) for c in rng.integers(48, 91, int(rng.integers(2, 9))))
            size = float(rng.uniform(0.2, 0.4))
            cv2.putText(ink, text, at, cv2.FONT_HERSHEY_SIMPLEX, size, 255, 1)
        else:
            cv2.drawMarker(ink, at, 255, cv2.MARKER_CROSS, int(rng.integers(3, 9)), 1)
    share = ink[..., None] / np.float32(255)
    return image * (1 - share) + np.float32(rng.uniform(150, 255)) * share


def training_view(image: np.ndarray, rng: np.random.Generator, label: int) -> np.ndarray:
    """`uint8 [H,W,3]` → augmented `float32 [SIZE,SIZE,3]` 0–255."""
    image = turned(cropped(image, rng, label), rng, label)
    if label == MICROSCOPY:
        image = stained(image, rng)
    image = np.ascontiguousarray(colour_cast(image, rng))
    if rng.random() < 0.1:
        image = np.ascontiguousarray(dark_cornered(image, rng))
    frame = rng.random()
    if frame < 0.15:
        image = boxed(image, rng)
    elif frame < 0.24:
        image = barred(image, rng)
    if rng.random() < 0.1:
        image = overlaid(image, rng)
    return image
