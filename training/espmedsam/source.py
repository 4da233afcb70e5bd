"""Makes the batch of any step from the train split."""

import numpy as np
import torch
from torch import Tensor

from espmedsam.augment import VIEWS, random_view
from espmedsam.channels import CHANNELS
from espmedsam.config import TrainConfig
from espmedsam.data import PairCache, read_pairs, shuffled
from espmedsam.preprocess import normalise

Batch = tuple[Tensor, Tensor, Tensor]
"""Images `[N,3,S,S]` normalised, modality `[N]`, masks `[N,1,S,S]` 0 to 1."""


class BatchSource:
    """The batches of one worker; a batch depends on seed, step and worker number only."""

    def __init__(self, config: TrainConfig, number: int = 0) -> None:
        self.config = config
        self.number = number
        pairs = read_pairs(config.data, "train")
        self.caches = {
            name: PairCache([pair for pair in pairs if pair.modality == name]) for name in CHANNELS
        }

    def draws(self, step: int) -> list[tuple[int, int]]:
        """Channel and image number of every sample of the whole batch, sorted by channel."""
        phase, _ = self.config.phase_at(step)
        return [
            (channel, index)
            for channel, name in enumerate(CHANNELS)
            for index in shuffled(
                len(self.caches[name]),
                self.config.seed,
                channel,
                self.config.drawn_before(step, name),
                phase.per_batch.get(name, 0),
            )
        ]

    def share(self, step: int) -> float:
        """This worker's part of the batch, 0 to 1."""
        draws = self.draws(step)
        return len(draws[self.number :: self.config.workers]) / len(draws)

    def batch(self, step: int) -> Batch:
        """This worker's part: every n-th sample, so that both see all modalities."""
        phase, _ = self.config.phase_at(step)
        rng = np.random.default_rng([self.config.seed, step, self.number])
        images, modalities, masks = [], [], []
        for channel, index in self.draws(step)[self.number :: self.config.workers]:
            name = CHANNELS[channel]
            image, mask = random_view(
                *self.caches[name][index], VIEWS[name], phase.size, phase.full_share, rng
            )
            images.append(torch.from_numpy(image))
            masks.append(torch.from_numpy(mask))
            modalities.append(channel)
        stacked = normalise(torch.stack(images).permute(0, 3, 1, 2))
        return (
            stacked.contiguous(memory_format=torch.channels_last),
            torch.tensor(modalities),
            torch.stack(masks)[:, None],
        )
