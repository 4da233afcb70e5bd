"""From validation logits to the three numbers that the exported classifier carries."""

import logging
from dataclasses import dataclass

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

THRESHOLDS = tuple(round(0.05 * i, 2) for i in range(8, 20))
"""Candidates for the threshold: 0.40 to 0.95."""
FINE_THRESHOLDS = tuple(round(0.01 * i, 2) for i in range(40, 100))
"""Candidates for the threshold of the classifier alone: 0.40 to 0.99."""
MAX_ACCEPTED_OOD = 0.01
"""Share of the out-of-distribution validation pictures that may be taken for a known kind."""

MAX_REFUSED_ALONE = 0.02
"""Share of the known validation pictures that the classifier alone may refuse."""


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature with the least cross entropy, searched on a fixed grid of 0.3 to 5.

    The floor keeps a perfect validation score from making the classifier over-confident.
    """
    grid = torch.logspace(np.log10(0.3), np.log10(5.0), 200).tolist()
    return min(grid, key=lambda t: F.cross_entropy(logits / t, labels).item())


def passed_and_accepted(probabilities: Tensor, labels: Tensor, threshold: float) -> tuple[int, int]:
    """How many known pictures are recognised at a threshold, and how many others are accepted.

    `probabilities` are `[N,classes]` with `none` as the last class.
    """
    none = probabilities.shape[1] - 1
    best, answer = probabilities[:, :none].max(dim=1)
    known = labels < none
    # An answer counts only if it also beats `none`.
    accepted = (best > probabilities[:, none]) & (best >= threshold)
    return int((accepted & (answer == labels)).sum()), int(accepted[~known].sum())


def choose_threshold(probabilities: Tensor, labels: Tensor) -> float:
    """The threshold that passes most known pictures among those that keep others out.

    At most `MAX_ACCEPTED_OOD` of the out-of-distribution pictures may be accepted; a known one
    passes if its own class is the answer. Of equally good thresholds the highest is taken, since
    what comes in use differs in more ways than what was collected. The highest of all if none keeps
    enough out.
    """
    none = probabilities.shape[1] - 1
    most_accepted = MAX_ACCEPTED_OOD * int((labels == none).sum())
    chosen, most = THRESHOLDS[-1], -1
    for threshold in reversed(THRESHOLDS):
        passed, accepted = passed_and_accepted(probabilities, labels, threshold)
        if accepted <= most_accepted and passed > most:
            chosen, most = threshold, passed
    return chosen


def choose_threshold_alone(probabilities: Tensor, labels: Tensor, threshold: float) -> float:
    """The lowest threshold that accepts no out-of-distribution picture, not below the other one.

    It holds where nothing else speaks for a known kind. If it refused more than
    `MAX_REFUSED_ALONE` of the known pictures, or if there is none, it is the highest that does not:
    one odd picture among thousands must not make the classifier useless.
    """
    known = labels < probabilities.shape[1] - 1
    fewest_passed = (1 - MAX_REFUSED_ALONE) * int(known.sum())
    chosen = threshold
    for candidate in FINE_THRESHOLDS:
        if candidate < threshold:
            continue
        passed, accepted = passed_and_accepted(probabilities, labels, candidate)
        if passed < fewest_passed:
            break
        chosen = candidate
        if accepted == 0:
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


def calibrate(
    logits: Tensor, labels: Tensor, near: Tensor, merge: Tensor | None = None
) -> Calibration:
    """The calibration on a validation set.

    Beside a header the pictures made of known ones (`near`) do not count: they do show a known
    kind. `merge` `[network's classes, exported classes]` says which classes become one in the
    exported file, as in `CalibratedClassifier`; each stays by itself unless given.
    """
    temperature = fit_temperature(logits, labels)
    probabilities = torch.softmax(logits / temperature, dim=1)
    if merge is not None:
        probabilities, labels = probabilities @ merge, merge.argmax(dim=1)[labels]
    none = probabilities.shape[1] - 1
    threshold = choose_threshold(probabilities[~near], labels[~near])
    alone = choose_threshold_alone(probabilities, labels, threshold)
    accuracy = (probabilities.argmax(1) == labels).float().mean().item()
    logging.info("validation: accuracy %.4f, temperature %.3f", accuracy, temperature)
    for name, value in (("beside a header", threshold), ("alone", alone)):
        passed, accepted = passed_and_accepted(probabilities, labels, value)
        collected = passed_and_accepted(probabilities[~near], labels[~near], value)[1]
        logging.info(
            "threshold %s %.2f: %d of %d known pass, %d of %d others (%d not made of known ones)",
            name,
            value,
            passed,
            int((labels < none).sum()),
            accepted,
            int((labels == none).sum()),
            collected,
        )
    return Calibration(temperature, threshold, alone)
