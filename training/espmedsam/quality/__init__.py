"""How sure a mask is: the Dice that it can be expected to have, from what the network says itself.

`features` are figures that a mask and its logits give for nothing; `prediction` turns them into a
predicted Dice with a lower bound, by numbers that the manifest holds for each channel; `fit` finds
these numbers on validation images.
"""

from espmedsam.quality.features import EMPTY_FEATURES, MASK_FEATURES, Features, features_of
from espmedsam.quality.prediction import (
    Conformal,
    Line,
    Quality,
    QualityRule,
    entry_of,
    predict,
    rule_of,
)

__all__ = [
    "EMPTY_FEATURES",
    "MASK_FEATURES",
    "Conformal",
    "Features",
    "Line",
    "Quality",
    "QualityRule",
    "entry_of",
    "features_of",
    "predict",
    "rule_of",
]
