"""One result per image, and the files that hold them."""

import csv
import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from espmedsam.data import Pair
from espmedsam.metrics import bootstrap_interval, dice, hausdorff95, iou
from espmedsam.segmenter import Segmenter

ALARM = 0.01
"""Share of a picture from which a mask where nothing is counts as a false alarm."""


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
    """0: a picture without anything to find, which says nothing about Dice."""
    dataset: str = ""
    border: float = 0.0
    """Black that was put around the picture on each side, as a share of its edge."""
    in_border: float = 0.0
    """Predicted mask in that black, as a share of the picture."""
    presence: float | None = None
    """Probability that something is there, where the channel has a presence rule."""
    predicted_dice: float | None = None
    """What the channel's quality rule expects, if it has one."""
    lower: float | None = None
    """The bound that the Dice should reach."""
    review: bool | None = None
    """Whether the mask is flagged for review."""

    @property
    def normal(self) -> bool:
        """Whether there was nothing to find."""
        return self.reference_share == 0

    @property
    def false_alarm(self) -> bool:
        """Whether too much is masked where nothing is."""
        return (self.predicted_share if self.normal else self.in_border) > ALARM

    @property
    def bad(self) -> bool:
        """A mask that should not pass unseen: a false alarm, or a Dice below 0.5."""
        return self.false_alarm if self.normal else self.dice < 0.5


@dataclass(frozen=True)
class Interval:
    """A mean over images with its 95 % bootstrap interval, and the median."""

    mean: float
    low: float
    high: float
    median: float


@dataclass(frozen=True)
class Summary:
    """One channel's result on pictures that have something to find."""

    n: int
    dice: Interval
    iou: Interval
    hd95: Interval
    """In pixels of the source image."""
    below_half: int
    """Images with a Dice below 0.5."""


def score(segmenter: Segmenter, pair: Pair, border: float = 0.0) -> Score:
    """The result of one pair by its channel's rules, with so much black around the picture."""
    image, reference = pair.image(), pair.mask() > 127
    frame = [(round(border * edge),) * 2 for edge in reference.shape]
    black = np.pad(np.zeros(reference.shape, bool), frame, constant_values=True)
    image, reference = np.pad(image, (*frame, (0, 0))), np.pad(reference, frame)
    result = segmenter.segment(image, pair.modality)
    quality = result.quality
    return Score(
        pair.modality,
        pair.stem,
        dice(result.mask, reference),
        iou(result.mask, reference),
        hausdorff95(result.mask, reference),
        float(result.mask.mean()),
        float(reference.mean()),
        pair.dataset,
        border,
        float((result.mask & black).mean()),
        result.presence,
        None if quality is None else quality.predicted,
        None if quality is None else quality.lower,
        None if quality is None else quality.review,
    )


def score_all(segmenter: Segmenter, pairs: Iterable[Pair], border: float = 0.0) -> Iterator[Score]:
    """The result of every pair."""
    return (score(segmenter, pair, border) for pair in pairs)


def interval(values: list[float]) -> Interval:
    """Mean, interval and median of a measure over images."""
    array = np.array(values)
    return Interval(float(array.mean()), *bootstrap_interval(array), float(np.median(array)))


def summarise(scores: list[Score]) -> dict[str, Summary]:
    """For each channel that occurs, in the order of its first image; normal pictures left out."""
    summary = {}
    scores = [s for s in scores if not s.normal]
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
