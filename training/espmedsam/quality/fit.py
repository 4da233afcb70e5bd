"""Finding a quality rule's numbers on validation pictures.

One logistic line for all channels and, added to it, a small one for each: a channel with few
pictures is held to what the others say. Predictions that calibrate the bound and the review limit
are out of fold: of a line that has not seen the picture, nor its neighbours.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from espmedsam.quality.features import EMPTY_FEATURES, MASK_FEATURES, Features
from espmedsam.quality.prediction import Conformal, Line, QualityRule, scaled_residual

LEVEL = 0.9
COMMON_PENALTY = 1.0
"""On the squared weights of the line for all channels, over figures of unit deviation."""
OWN_PENALTY = 6.0
"""The same on what a channel adds."""
NEVER_EMPTY = Line(-4.0, {})
"""Of a channel whose pictures always show something: an empty mask is wrong."""
REVIEW_LIMITS = tuple(round(0.02 * i, 2) for i in range(15, 48))
"""0.30 to 0.94."""
ENOUGH = 5
"""Bad masks, and good ones, from which a channel has a limit of its own."""
FLAGGED = 0.1
"""Share of good masks that a borrowed limit may flag."""


@dataclass(frozen=True)
class Observation:
    """A mask's figures, and what became of it."""

    channel: str
    fold: int
    features: Features
    empty: bool
    """Whether the mask is empty."""
    dice: float
    """Of an empty mask 1 if that was right, otherwise 0."""
    bad: bool
    """A Dice below 0.5, or a false alarm."""
    own: bool
    """Whether the picture is one of the data, and no copy."""
    normal: bool
    """Whether there was nothing to find."""


class Design:
    """Figures of observations as a matrix: a block for all channels, then one for each."""

    def __init__(self, observations: Sequence[Observation], names: tuple[str, ...]) -> None:
        self.names = names
        self.channels = sorted({o.channel for o in observations})
        raw = self.raw(observations)
        self.mean, self.deviation = raw.mean(axis=0), raw.std(axis=0)
        # A figure that is always the same says nothing.
        self.deviation[self.deviation < 1e-9] = np.inf

    def raw(self, observations: Sequence[Observation]) -> np.ndarray:
        """The figures as they are, `[n, figures]`."""
        return np.array([[getattr(o.features, name) for name in self.names] for o in observations])

    def matrix(self, observations: Sequence[Observation]) -> np.ndarray:
        """`[n, (1 + channels)·(1 + figures)]`, the first column of each block being the bias."""
        scaled = (self.raw(observations) - self.mean) / self.deviation
        block = np.hstack([np.ones((len(observations), 1)), scaled])
        own = [[o.channel == name] for o in observations for name in self.channels]
        masks = np.array(own).reshape(len(observations), -1)
        return np.hstack([block, *(block * masks[:, [i]] for i in range(len(self.channels)))])

    def penalties(self) -> np.ndarray:
        """Of each column; the bias for all channels is free."""
        common = np.array([0.0] + [COMMON_PENALTY] * len(self.names))
        own = np.array([1.0] + [OWN_PENALTY] * len(self.names))
        return np.concatenate([common, np.tile(own, len(self.channels))])

    def line(self, weights: np.ndarray, channel: str) -> Line:
        """The line of a channel, over the figures as they are."""
        blocks = weights.reshape(1 + len(self.channels), -1)
        own = blocks[0]
        if channel in self.channels:
            own = own + blocks[1 + self.channels.index(channel)]
        slopes = own[1:] / self.deviation
        bias = own[0] - float((slopes * self.mean).sum())
        return Line(
            float(bias),
            {n: float(w) for n, w in zip(self.names, slopes, strict=True) if w != 0},
        )


def lines(
    observations: Sequence[Observation], names: tuple[str, ...], channels: Sequence[str]
) -> dict[str, Line]:
    """A line for each channel, of these figures, towards the observations' Dice."""
    if not observations:
        return dict.fromkeys(channels, Line(0.0, {}))
    design = Design(observations, names)
    matrix, penalties = design.matrix(observations), design.penalties()
    wanted = np.array([o.dice for o in observations])

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        z = matrix @ weights
        value = float((np.logaddexp(0, z) - wanted * z).sum())
        slope = matrix.T @ (1 / (1 + np.exp(-z)) - wanted)
        return value + 0.5 * float(penalties @ weights**2), slope + penalties * weights

    found = minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B").x
    return {name: design.line(found, name) for name in channels}


def both_lines(
    observations: Sequence[Observation], channels: Sequence[str]
) -> tuple[dict[str, Line], dict[str, Line]]:
    """The lines of masks and those of empty ones."""
    masks = lines([o for o in observations if not o.empty], MASK_FEATURES, channels)
    empty = lines([o for o in observations if o.empty], EMPTY_FEATURES, channels)
    sometimes = {o.channel for o in observations if o.normal}
    return masks, {n: line if n in sometimes else NEVER_EMPTY for n, line in empty.items()}


def out_of_fold(
    observations: Sequence[Observation], channels: Sequence[str]
) -> list[tuple[Observation, float]]:
    """Each observation with the prediction of lines that have not seen its fold."""
    predicted = []
    for fold in sorted({o.fold for o in observations}):
        masks, empty = both_lines([o for o in observations if o.fold != fold], channels)
        for o in observations:
            if o.fold == fold:
                line = (empty if o.empty else masks)[o.channel]
                predicted.append((o, line.at(o.features)))
    return predicted


def conformal(predicted: Sequence[tuple[Observation, float]]) -> Conformal:
    """The bound of masks of the data's own pictures that have something to find.

    The ⌈(n + 1)·level⌉-th smallest residual; of fewer than nine the largest, which holds a little
    less often than the level says.
    """
    own = [(o, p) for o, p in predicted if o.own and not o.empty and not o.normal]
    residuals = sorted(scaled_residual(p, o.dice) for o, p in own)
    if not residuals:
        return Conformal(LEVEL, 1.0, 0)
    place = min(len(residuals), math.ceil((len(residuals) + 1) * LEVEL))
    return Conformal(LEVEL, residuals[place - 1], len(residuals))


def review_limit(predicted: Sequence[tuple[Observation, float]]) -> float | None:
    """The limit that best parts bad masks from good (Youden's J); none with too few of either."""
    bad = np.array([p for o, p in predicted if o.bad])
    good = np.array([p for o, p in predicted if not o.bad])
    if min(len(bad), len(good)) < ENOUGH:
        return None
    return max(REVIEW_LIMITS, key=lambda x: float((bad < x).mean() - (good < x).mean()))


def borrowed_limit(predicted: Sequence[tuple[Observation, float]], overall: float) -> float:
    """The limit of a channel with too few bad masks to part them from the good.

    That of all channels together, but no more than flags `FLAGGED` of the channel's own good masks:
    a channel of fine structures has a lower Dice when all is well.
    """
    good = [p for o, p in predicted if not o.bad]
    if not good:
        return overall
    return min(overall, math.floor(float(np.quantile(good, FLAGGED)) * 50) / 50)


def fit(observations: Sequence[Observation], channels: Sequence[str]) -> dict[str, QualityRule]:
    """The rule of each channel."""
    masks, empty = both_lines(observations, channels)
    predicted = out_of_fold(observations, channels)
    overall = review_limit(predicted) or 0.5
    rules = {}
    for name in channels:
        own = [(o, p) for o, p in predicted if o.channel == name]
        limit = review_limit(own) or borrowed_limit(own, overall)
        rules[name] = QualityRule(masks[name], empty[name], conformal(own), limit)
    return rules
