"""Makes the batch of any step from the train split."""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor

from espmedsam.augment import random_view, whole_view
from espmedsam.config import ConfigError, TrainConfig
from espmedsam.data import Pair, PairCache, read_images, read_pairs, shuffled
from espmedsam.preprocess import normalise

Batch = tuple[Tensor, Tensor, Tensor]
"""Images `[N,3,S,S]` normalised, modality `[N]`, masks `[N,1,S,S]` 0 to 1."""


def pairs_of(config: TrainConfig, split: str) -> list[Pair]:
    """The pairs of a split that a run's stage uses."""
    if config.stage == "common":
        return [pair for root in config.data for pair in read_images(root, split)]
    modality = config.modality or config.channel
    pairs = [pair for root in config.data for pair in read_pairs(root, split, modality)]
    if config.stage == "add-modality":
        pairs = [pair for pair in pairs if pair.modality == config.channel]
    return pairs


def repeated(pairs: list[Pair], times: dict[str, int]) -> list[Pair]:
    """Every pair as often as its data set is to be drawn."""
    return [pair for pair in pairs for _ in range(times.get(pair.dataset, 1))]


class BatchSource:
    """The batches of one worker; a sample depends on seed, step and its place in the batch only.

    `channels` are the model's; of these the modalities with training images take part. Raises
    `ConfigError` if there is none, or none of a modality that a phase asks for.
    """

    def __init__(self, config: TrainConfig, channels: Sequence[str], number: int = 0) -> None:
        self.config = config
        self.number = number
        pairs = repeated(pairs_of(config, "train"), config.repeat)
        # Without masks the modality does not matter, and may be none of the model's.
        known = sorted({p.modality for p in pairs}) if config.stage == "common" else channels
        self.index = {name: known.index(name) for name in known}
        config.check_modalities(known)
        per_modality = {name: [p for p in pairs if p.modality == name] for name in known}
        self.names = tuple(name for name, own in per_modality.items() if own)
        asked = {n for p in config.phases if isinstance(p.per_batch, dict) for n in p.per_batch}
        missing = asked - set(self.names)
        if missing or not self.names:
            raise ConfigError(f"no training images of {sorted(missing) or 'any modality'}")
        budget = config.cache_bytes // len(self.names)
        self.caches = {name: PairCache(per_modality[name], budget) for name in self.names}

    @property
    def images(self) -> int:
        """Training images of all modalities: the length of an epoch."""
        return sum(len(cache) for cache in self.caches.values())

    def draws(self, step: int) -> list[tuple[str, int]]:
        """Modality and image number of every sample of the whole batch, sorted by modality."""
        drawn = []
        for name in self.names:
            start, end = (self.config.drawn_before(at, name, self.names) for at in (step, step + 1))
            length, seed = len(self.caches[name]), self.config.seed
            numbers = shuffled(length, seed, self.index[name], start, end - start)
            drawn += [(name, number) for number in numbers]
        return drawn

    def share(self, step: int) -> float:
        """This worker's part of the batch, 0 to 1."""
        draws = self.draws(step)
        return len(draws[self.number :: self.config.workers]) / len(draws)

    def batch(self, step: int) -> Batch:
        """This worker's part: every n-th sample, so that both see all modalities."""
        phase, _ = self.config.phase_at(step)
        draws = list(enumerate(self.draws(step)))[self.number :: self.config.workers]
        images, modalities, masks = [], [], []
        for place, (name, number) in draws:
            rng = np.random.default_rng([self.config.seed, step, place])
            view = self.config.view(name)
            if phase.plain:
                pixels, mask = whole_view(*self.caches[name][number], phase.size)
                images.append(pixels)
                masks.append(mask)
                modalities.append(self.index[name])
                continue
            other = None
            if rng.random() < view.mosaic:
                other = self.caches[name][int(rng.integers(len(self.caches[name])))]
            pixels, mask = random_view(
                *self.caches[name][number], view, phase.size, phase.full_share, rng, other
            )
            images.append(pixels)
            masks.append(mask)
            modalities.append(self.index[name])
        stacked = normalise(torch.stack(images))
        return (
            stacked.contiguous(memory_format=torch.channels_last),
            torch.tensor(modalities),
            torch.stack(masks),
        )
