"""Masks of a trained model against reference masks; run it with `python -m espmedsam.evaluate`."""

from espmedsam.evaluate.scores import Score, score_all, summarise, write_scores
from espmedsam.evaluate.thresholds import store_thresholds, tune
from espmedsam.segmenter import Contract, Segmenter, from_checkpoint, from_models

__all__ = [
    "Contract",
    "Score",
    "Segmenter",
    "from_checkpoint",
    "from_models",
    "score_all",
    "store_thresholds",
    "summarise",
    "tune",
    "write_scores",
]
