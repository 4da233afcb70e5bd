"""Figures of a mask that tell how good it may be. Part of the contract with the Node side."""

import math
from dataclasses import dataclass

import numpy as np
from torch import Tensor

LIMIT = 10.0
"""Logits are taken between −10 and 10: beyond that they say no more."""
SURE = 0.75
"""A pixel is undecided while its probability lies between 1 − SURE and SURE."""

MASK_FEATURES = ("inside", "undecided", "expected", "area", "presence", "agreement")
"""What is known of a mask that is not empty."""
EMPTY_FEATURES = ("peak", "presence")
"""What is known of one that is."""


@dataclass(frozen=True)
class Features:
    """The figures of one mask; those of an empty one but `peak` and `presence` are 0."""

    inside: float
    """Mean probability of the mask's pixels, 0 to 1."""
    undecided: float
    """Undecided pixels over those and the mask's, 0 to 1: how broad the edge is."""
    expected: float
    """Logit of 2·Σ(p in the mask) / (Σp + mask's pixels): the Dice if every p were right."""
    area: float
    """Decimal logarithm of the mask's share of the picture (the content)."""
    presence: float
    """Logit that there is something to find; 0 where the channel has no presence rule."""
    agreement: float
    """Dice of the single views with their mean at probability 0.5; 0 with one view."""
    peak: float
    """Largest logit of a pixel."""


def clamped(logit: float) -> float:
    """A logit within `LIMIT`."""
    return max(-LIMIT, min(LIMIT, logit))


def logit_of(share: float) -> float:
    """Logit of a share 0 to 1, within `LIMIT`."""
    if share <= 0:
        return -LIMIT
    if share >= 1:
        return LIMIT
    return clamped(math.log(share / (1 - share)))


def features_of(
    logits: Tensor, mask: np.ndarray, presence: float | None, agreement: float | None
) -> Features:
    """The figures of a mask `bool [h,w]`, as cleaned, with its logits `[h,w]`.

    `presence` is a logit; `agreement` is known of channels with several views.
    """
    known = {
        "presence": 0.0 if presence is None else clamped(presence),
        "agreement": 0.0 if agreement is None else agreement,
        "peak": clamped(float(logits.max())),
    }
    count = int(mask.sum())
    if count == 0:
        return Features(0.0, 0.0, 0.0, 0.0, **known | {"agreement": 0.0})
    probability = 1 / (1 + np.exp(-logits.double().numpy()))
    inside = float(probability[mask].sum())
    undecided = int(((probability >= 1 - SURE) & (probability <= SURE)).sum())
    return Features(
        inside / count,
        undecided / (undecided + count),
        logit_of(2 * inside / (float(probability.sum()) + count)),
        math.log10(count / mask.size),
        **known,
    )
