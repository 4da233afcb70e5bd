"""From the figures of a mask to its predicted Dice. Part of the contract with the Node side."""

import math
from dataclasses import dataclass
from typing import Any

from espmedsam.quality.features import EMPTY_FEATURES, MASK_FEATURES, Features

SPREAD = 0.05
"""Errors are measured in units of 1 + SPREAD − predicted: a low prediction may be off by more."""


@dataclass(frozen=True)
class Line:
    """A logistic line: sigmoid of bias + Σ weight × figure."""

    bias: float
    weights: dict[str, float]
    """By the name of a `Features` field."""

    def at(self, features: Features) -> float:
        """Its value, 0 to 1."""
        total = self.bias
        for name, weight in self.weights.items():
            total += weight * getattr(features, name)
        return 1 / (1 + math.exp(-total))


@dataclass(frozen=True)
class Conformal:
    """Of masks like those it was calibrated with, so many are at least as good as the bound says.

    Split-conformal prediction (Papadopoulos 2002; Lei 2018) with residuals scaled by the
    prediction.
    """

    level: float
    """Share of masks whose Dice reaches the lower bound, 0 to 1."""
    quantile: float
    """Of the scaled residuals."""
    n: int
    """Masks that it was calibrated with."""


@dataclass(frozen=True)
class QualityRule:
    """A channel's numbers."""

    mask: Line
    """Predicted Dice of a mask that is not empty."""
    empty: Line
    """Probability that an empty mask is right."""
    conformal: Conformal
    review_below: float
    """Predictions below are for a person to look at."""


@dataclass(frozen=True)
class Quality:
    """What is expected of one mask."""

    predicted: float
    """Its Dice; of an empty mask the probability that nothing was overlooked."""
    lower: float
    """Bound that its Dice reaches at the rule's level; of an empty mask 0."""
    review: bool
    """Whether a person should look at it."""


def scaled_residual(predicted: float, dice: float) -> float:
    """By how much a prediction is too high, in its own units."""
    return (predicted - dice) / (1 + SPREAD - predicted)


def predict(rule: QualityRule, features: Features, empty: bool) -> Quality:
    """What a channel's rule expects of a mask with these figures."""
    if empty:
        predicted, lower = rule.empty.at(features), 0.0
    else:
        predicted = rule.mask.at(features)
        bound = predicted - rule.conformal.quantile * (1 + SPREAD - predicted)
        lower = max(0.0, min(predicted, bound))
    return Quality(predicted, lower, predicted < rule.review_below)


def line_of(entry: dict[str, Any], known: tuple[str, ...]) -> Line:
    """A line of the manifest; `KeyError` for a figure that we do not know."""
    unknown = set(entry["weights"]) - set(known)
    if unknown:
        raise KeyError(f"unknown features {sorted(unknown)}; known are {', '.join(known)}")
    return Line(entry["bias"], dict(entry["weights"]))


def rule_of(entry: dict[str, Any] | None) -> QualityRule | None:
    """The rule of a manifest's `quality`."""
    if entry is None:
        return None
    return QualityRule(
        line_of(entry["mask"], MASK_FEATURES),
        line_of(entry["empty"], EMPTY_FEATURES),
        Conformal(**entry["conformal"]),
        entry["reviewBelow"],
    )


def entry_of(rule: QualityRule) -> dict[str, Any]:
    """The manifest's `quality` for a rule, rounded to what matters."""

    def rounded(line: Line) -> dict[str, Any]:
        weights = {name: round(weight, 4) for name, weight in line.weights.items()}
        return {"bias": round(line.bias, 4), "weights": weights}

    return {
        "mask": rounded(rule.mask),
        "empty": rounded(rule.empty),
        "conformal": {
            "level": rule.conformal.level,
            "quantile": round(rule.conformal.quantile, 4),
            "n": rule.conformal.n,
        },
        "reviewBelow": round(rule.review_below, 3),
    }
