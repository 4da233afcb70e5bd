"""How well two masks agree, and how sure we can be of a mean."""

import numpy as np
from scipy.ndimage import binary_erosion, distance_transform_edt


def dice(predicted: np.ndarray, reference: np.ndarray) -> float:
    """Dice of two boolean masks; 1 when both are empty."""
    total = int(predicted.sum()) + int(reference.sum())
    return 1.0 if total == 0 else 2 * int((predicted & reference).sum()) / total


def iou(predicted: np.ndarray, reference: np.ndarray) -> float:
    """Intersection over union of two boolean masks; 1 when both are empty."""
    union = int((predicted | reference).sum())
    return 1.0 if union == 0 else int((predicted & reference).sum()) / union


def hausdorff95(predicted: np.ndarray, reference: np.ndarray) -> float:
    """95th percentile of the distances between the outlines of two boolean masks, in pixels.

    The larger of the two directions. The outline is the mask's pixels that touch background or the
    image's edge (four neighbours). 0 when both masks are empty; the image's diagonal when one is.
    """
    if not predicted.any() and not reference.any():
        return 0.0
    if not predicted.any() or not reference.any():
        return float(np.hypot(*reference.shape))
    # Nothing outside the box of both masks matters for distances between their outlines.
    rows, columns = (np.flatnonzero((predicted | reference).any(axis=axis)) for axis in (1, 0))
    box = (slice(rows[0], rows[-1] + 1), slice(columns[0], columns[-1] + 1))
    outlines = [mask[box] & ~binary_erosion(mask[box]) for mask in (predicted, reference)]
    to_first, to_second = (distance_transform_edt(~outline) for outline in outlines)
    return max(
        float(np.percentile(to_second[outlines[0]], 95)),
        float(np.percentile(to_first[outlines[1]], 95)),
    )


def bootstrap_interval(
    values: np.ndarray, draws: int = 10_000, seed: int = 0
) -> tuple[float, float]:
    """95 % percentile interval of the mean, resampling images with replacement."""
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(values), (draws, len(values)))
    low, high = np.percentile(values[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
