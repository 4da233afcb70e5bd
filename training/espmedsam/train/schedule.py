"""The learning rate of a step."""

import math

from espmedsam.config import TrainConfig


def learning_rate(config: TrainConfig, step: int, images: int = 1) -> float:
    """The rate of the step's phase, times the phase's warm-up.

    A half cosine from start to end of the phase, or, if the phase has a decay, the start times that
    factor for each whole epoch of the phase; an epoch is as many samples as there are `images`.
    """
    phase, at = config.phase_at(step)
    if phase.decay is not None:
        rate = phase.lr_start * phase.decay ** (at * phase.batch_size // images)
    else:
        cosine = 0.5 * (1 + math.cos(math.pi * at / phase.steps))
        rate = phase.lr_end + (phase.lr_start - phase.lr_end) * cosine
    return rate * min(1.0, (at + 1) / phase.warmup) if phase.warmup else rate
