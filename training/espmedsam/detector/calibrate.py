"""From validation logits to the three numbers that the exported detector carries."""

import logging
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from espmedsam.channels import NUM_CHANNELS

THRESHOLDS = tuple(round(0.05 * i, 2) for i in range(8, 20))
"""Candidates for the threshold: 0.40 to 0.95."""
FINE_THRESHOLDS = tuple(round(0.01 * i, 2) for i in range(40, 100))
"""Candidates for the threshold of the detector alone: 0.40 to 0.99."""
MAX_FOREIGN = 0.01
"""Share of the foreign validation images that may be taken for one of the six kinds."""

MAX_REFUSED_ALONE = 0.02
"""Share of the known validation images that the detector alone may refuse."""


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature with the least cross entropy, searched on a fixed grid of 0.3 to 5.

    The floor keeps a perfect validation score from making the detector over-confident.
    """
    grid = torch.logspace(np.log10(0.3), np.log10(5.0), 200).tolist()
    return min(grid, key=lambda t: F.cross_entropy(logits / t, labels).item())


def passed_and_accepted(probabilities: Tensor, labels: Tensor, threshold: float) -> tuple[int, int]:
    """How many known images are recognised at a threshold, and how many foreign ones accepted."""
    best, answer = probabilities[:, :NUM_CHANNELS].max(dim=1)
    known = labels < NUM_CHANNELS
    # An answer counts only if it also beats `none`.
    accepted = (best > probabilities[:, NUM_CHANNELS]) & (best >= threshold)
    return int((accepted & (answer == labels)).sum()), int(accepted[~known].sum())


def choose_threshold(probabilities: Tensor, labels: Tensor) -> float:
    """The threshold that passes most known images among those that keep foreign ones out.

    At most `MAX_FOREIGN` of the foreign images may be accepted; a known image passes if its own
    class is the answer. Of equally good thresholds the highest is taken, since what comes in use is
    foreign in more ways than what was drawn. The highest of all if none keeps enough out.
    """
    most_foreign = MAX_FOREIGN * int((labels == NUM_CHANNELS).sum())
    chosen, most = THRESHOLDS[-1], -1
    for threshold in reversed(THRESHOLDS):
        passed, foreign = passed_and_accepted(probabilities, labels, threshold)
        if foreign <= most_foreign and passed > most:
            chosen, most = threshold, passed
    return chosen


def choose_threshold_alone(probabilities: Tensor, labels: Tensor, threshold: float) -> float:
    """The lowest threshold that lets no foreign image at all in, and not below the other one.

    It holds where nothing else speaks for one of the six kinds. If it refused more than
    `MAX_REFUSED_ALONE` of the known images, or if there is none, it is the highest that does not:
    one odd drawing among thousands must not make the detector useless.
    """
    fewest_passed = (1 - MAX_REFUSED_ALONE) * int((labels < NUM_CHANNELS).sum())
    chosen = threshold
    for candidate in FINE_THRESHOLDS:
        if candidate < threshold:
            continue
        passed, foreign = passed_and_accepted(probabilities, labels, candidate)
        if passed < fewest_passed:
            break
        chosen = candidate
        if foreign == 0:
            break
    return chosen


@dataclass(frozen=True)
class Calibration:
    """What turns logits into an answer."""

    temperature: float
    threshold: float
    """Beside a header that speaks for a kind."""
    alone: float
    """Where the header names none."""


def calibrate(logits: Tensor, labels: Tensor, made: Tensor) -> Calibration:
    """The calibration on a validation set.

    Beside a header images made of known ones (`made`) do not count: they do show a known kind.
    """
    temperature = fit_temperature(logits, labels)
    probabilities = torch.softmax(logits / temperature, dim=1)
    threshold = choose_threshold(probabilities[~made], labels[~made])
    alone = choose_threshold_alone(probabilities, labels, threshold)
    accuracy = (logits.argmax(1) == labels).float().mean().item()
    logging.info("validation: accuracy %.4f, temperature %.3f", accuracy, temperature)
    for name, value in (("beside a header", threshold), ("alone", alone)):
        passed, accepted = passed_and_accepted(probabilities, labels, value)
        drawn = passed_and_accepted(probabilities[~made], labels[~made], value)[1]
        logging.info(
            "threshold %s %.2f: %d of %d known pass, %d of %d foreign (%d of them drawn)",
            name,
            value,
            passed,
            int((labels < NUM_CHANNELS).sum()),
            accepted,
            int((labels == NUM_CHANNELS).sum()),
            drawn,
        )
    return Calibration(temperature, threshold, alone)
