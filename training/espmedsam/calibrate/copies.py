"""Copies of validation pictures that show what else may come in use."""

import cv2
import numpy as np

BORDER = 0.2
"""Black on each side of a bordered copy, as a share of the edge."""
FREE_SHARE = 0.35
"""Least share of a picture that a part of it without lesion must have."""
MARGIN = 0.03
"""Distance of such a part from the lesion, as a share of the picture's edge."""


def bordered(array: np.ndarray) -> np.ndarray:
    """A picture `[H,W,3]` or mask `[H,W]` within black."""
    frame = [(round(BORDER * edge),) * 2 for edge in array.shape[:2]]
    return np.pad(array, [*frame, (0, 0)][: array.ndim])


def lesion_free(rgb: np.ndarray, reference: np.ndarray) -> np.ndarray | None:
    """The largest part of a picture beside its lesion; none when the lesion leaves too little.

    One of four: all above, below, left or right of the mask `bool [H,W]`.
    """
    rows, columns = reference.shape
    marked_rows, marked_columns = (np.flatnonzero(reference.any(axis=axis)) for axis in (1, 0))
    away = round(MARGIN * rows), round(MARGIN * columns)
    above, below = marked_rows[0] - away[0], marked_rows[-1] + 1 + away[0]
    left, right = marked_columns[0] - away[1], marked_columns[-1] + 1 + away[1]
    parts = [
        rgb[: max(0, above)],
        rgb[below:],
        rgb[:, : max(0, left)],
        rgb[:, right:],
    ]
    largest = max(parts, key=lambda part: part.shape[0] * part.shape[1])
    enough = largest.shape[0] * largest.shape[1] >= FREE_SHARE * rows * columns
    return np.ascontiguousarray(largest) if enough else None


def degraded(rgb: np.ndarray, number: int) -> np.ndarray:
    """A picture as a worse or other device might have taken it; the kind follows the number."""
    rng = np.random.default_rng(number)
    values = rgb.astype(np.float32)
    kind = number % 6
    if kind == 0:
        values += rng.normal(0, 30, values.shape)
    elif kind == 1:
        values = cv2.GaussianBlur(values, (0, 0), 0.015 * max(rgb.shape[:2]))
    elif kind == 2:
        values = 0.35 * (values - values.mean()) + values.mean()
    elif kind == 3:
        values = 255 * (values / 255) ** float(rng.choice([0.4, 2.5]))
    elif kind == 4:
        values *= rng.uniform(0.55, 1.45, 3)
    else:
        small = cv2.resize(values, None, fx=0.15, fy=0.15, interpolation=cv2.INTER_AREA)
        values = cv2.resize(small, rgb.shape[1::-1], interpolation=cv2.INTER_LINEAR)
    return values.clip(0, 255).round().astype(np.uint8)
