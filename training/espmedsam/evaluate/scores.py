"""One result per image, one summary per channel, and the files that hold them."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from espmedsam.data import Pair
from espmedsam.metrics import bootstrap_interval, dice, hausdorff95, iou
from espmedsam.segmenter import Segmenter


@dataclass(frozen=True)
class Score:
    """One image's result."""

    modality: str
    stem: str
    dice: float
    iou: float
    hd95: float
    """In pixels of the source image."""
    predicted_share: float
    """Foreground of the predicted mask, 0 to 1."""
    reference_share: float


@dataclass(frozen=True)
class Interval:
    """A mean over images with its 95 % bootstrap interval, and the median."""

    mean: float
    low: float
    high: float
    median: float


@dataclass(frozen=True)
class Summary:
    """One channel's result."""

    n: int
    dice: Interval
    iou: Interval
    hd95: Interval
    """In pixels of the source image."""
    below_half: int
    """Images with a Dice below 0.5."""


def score(segmenter: Segmenter, pair: Pair) -> Score:
    """The result of one pair at its channel's threshold."""
    reference = pair.mask() > 127
    predicted = segmenter.mask(pair.image(), pair.modality)
    return Score(
        pair.modality,
        pair.stem,
        dice(predicted, reference),
        iou(predicted, reference),
        hausdorff95(predicted, reference),
        float(predicted.mean()),
        float(reference.mean()),
    )


def score_all(segmenter: Segmenter, pairs: Iterable[Pair]) -> Iterator[Score]:
    """The result of every pair."""
    return (score(segmenter, pair) for pair in pairs)


def interval(values: list[float]) -> Interval:
    """Mean, interval and median of a measure over images."""
    array = np.array(values)
    return Interval(float(array.mean()), *bootstrap_interval(array), float(np.median(array)))


def summarise(scores: list[Score]) -> dict[str, Summary]:
    """For each channel that occurs, in the order of its first image."""
    summary = {}
    for name in channels_of(scores):
        own = [s for s in scores if s.modality == name]
        summary[name] = Summary(
            len(own),
            interval([s.dice for s in own]),
            interval([s.iou for s in own]),
            interval([s.hd95 for s in own]),
            sum(s.dice < 0.5 for s in own),
        )
    return summary


def channels_of(scores: list[Score]) -> list[str]:
    """The channels that occur, in the order of their first image."""
    return list(dict.fromkeys(s.modality for s in scores))


def write_scores(
    directory: Path, name: str, scores: list[Score], summary: dict[str, Summary]
) -> None:
    """`<name>.csv` with one line per image and `<name>-summary.json`."""
    directory.mkdir(parents=True, exist_ok=True)
    with (directory / f"{name}.csv").open("w", newline="") as file:
        writer = csv.DictWriter(file, list(asdict(scores[0])))
        writer.writeheader()
        for one in scores:
            row = asdict(one).items()
            writer.writerow({k: f"{v:.4f}" if isinstance(v, float) else v for k, v in row})
    plain = {channel: asdict(entry) for channel, entry in summary.items()}
    (directory / f"{name}-summary.json").write_text(json.dumps(plain, indent=2) + "\n")
