"""Overlap of masks and how sure we can be of its mean."""

import numpy as np


def dice(predicted: np.ndarray, reference: np.ndarray) -> float:
    """Dice of two boolean masks; 1 when both are empty."""
    total = int(predicted.sum()) + int(reference.sum())
    return 1.0 if total == 0 else 2 * int((predicted & reference).sum()) / total


def iou(predicted: np.ndarray, reference: np.ndarray) -> float:
    """Intersection over union of two boolean masks; 1 when both are empty."""
    union = int((predicted | reference).sum())
    return 1.0 if union == 0 else int((predicted & reference).sum()) / union


def bootstrap_interval(
    values: np.ndarray, draws: int = 10_000, seed: int = 0
) -> tuple[float, float]:
    """95 % percentile interval of the mean, resampling images with replacement."""
    rng = np.random.default_rng(seed)
    picks = rng.integers(0, len(values), (draws, len(values)))
    low, high = np.percentile(values[picks].mean(axis=1), [2.5, 97.5])
    return float(low), float(high)
