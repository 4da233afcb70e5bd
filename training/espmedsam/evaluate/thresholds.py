"""Choosing the channels' thresholds on the validation split, and storing them."""

import logging
from pathlib import Path
from typing import Any

import numpy as np

from espmedsam import manifest as manifests
from espmedsam.crop import put_back
from espmedsam.data import Pair
from espmedsam.golden import write_golden
from espmedsam.metrics import dice
from espmedsam.preprocess import mask_of
from espmedsam.segmenter import Answer, Segmenter

THRESHOLDS = tuple(round(0.05 * i, 2) for i in range(3, 17))
"""Candidates for a channel's threshold: 0.15 to 0.80."""
MIN_GAIN = 0.003
"""Mean Dice by which another threshold must beat 0.5 to be chosen."""


def tune(segmenter: Segmenter, pairs: list[Pair]) -> dict[str, float]:
    """The threshold of each channel with the best mean Dice; 0.5 unless clearly beaten."""
    totals = {name: np.zeros(len(THRESHOLDS)) for name in segmenter.contract.channels}
    counts = dict.fromkeys(totals, 0)
    for pair in pairs:
        if pair.modality not in totals:
            continue
        reference = pair.mask() > 127
        if not reference.any():
            continue
        answer = segmenter.answer(pair.image(), pair.modality)
        counts[pair.modality] += 1
        totals[pair.modality] += dice_by_threshold(answer, reference)
    return {name: best_threshold(name, total, counts[name]) for name, total in totals.items()}


def best_threshold(name: str, total: np.ndarray, count: int) -> float:
    """The best of `THRESHOLDS` by the sum of Dice of pictures; 0.5 unless clearly beaten."""
    count = max(1, count)
    best, half = int(total.argmax()), THRESHOLDS.index(0.5)
    chosen = best if total[best] - total[half] > MIN_GAIN * count else half
    logging.info(
        "%s: threshold %.2f, Dice %.4f (%.4f at 0.5)",
        name,
        THRESHOLDS[chosen],
        total[chosen] / count,
        total[half] / count,
    )
    return THRESHOLDS[chosen]


def dice_by_threshold(answer: Answer, reference: np.ndarray) -> list[float]:
    """Dice at each of `THRESHOLDS` of the mask as it leaves the network."""
    masks = (put_back(mask_of(answer.logits, t), answer.content, answer.shape) for t in THRESHOLDS)
    return [dice(mask, reference) for mask in masks]


def store_thresholds(models: Path, thresholds: dict[str, float]) -> dict[str, Any]:
    """Writes thresholds into the manifest and makes the golden masks anew."""
    manifest = manifests.read(models)
    for channel in manifest["channels"]:
        channel["threshold"] = thresholds[channel["name"]]
    manifests.write(models, manifest)
    write_golden(models, manifest)
    return manifest
