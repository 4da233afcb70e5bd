"""Masks of a trained model against reference masks; run it with `python -m espmedsam.evaluate`."""

from espmedsam.evaluate.scores import Score, score_all, summarise, write_scores
from espmedsam.evaluate.segmenter import Contract, Segmenter, from_checkpoint, from_models
from espmedsam.evaluate.thresholds import store_thresholds, tune

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
