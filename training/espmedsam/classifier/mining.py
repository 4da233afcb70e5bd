"""Out-of-distribution pictures to train with: those still taken for a known kind come up more.

Most of them are refused after a few hundred steps and teach nothing more. What decides how the
classifier does in use are the few that look like one of the known kinds.
"""

from collections.abc import Sequence

import numpy as np
import torch
from torch import Tensor, nn

from espmedsam.augment import squash
from espmedsam.classifier import NONE, SIZE
from espmedsam.preprocess import normalise

HARD_SHARE = 0.5
"""Part of the draws that goes by the network's error; the rest is as given: none is lost."""
CHUNK = 32
"""Images that are scored at once; more of them no longer fit the cache and take twice as long."""


class MinedPool:
    """Images, and how likely each one is to be drawn; by `weights` (all the same) until weighed."""

    def __init__(self, images: Sequence[np.ndarray], weights: np.ndarray | None = None) -> None:
        self.images = images
        given = np.ones(len(images)) if weights is None else weights
        self.given = given / given.sum()
        self.weigh(self.given)

    def weigh(self, mistaken: np.ndarray) -> None:
        """Takes for each image the probability with which it is mistaken for a known kind."""
        share = mistaken.astype(np.float64) / mistaken.sum(dtype=np.float64)
        self.cumulative = np.cumsum((1 - HARD_SHARE) * self.given + HARD_SHARE * share)

    def draw(self, rng: np.random.Generator) -> np.ndarray:
        """One image. A search in the running sum, as `choice` would go over all weights anew."""
        index = int(np.searchsorted(self.cumulative, rng.random(), side="right"))
        return self.images[min(index, len(self.images) - 1)]


@torch.no_grad()
def logits_of(model: nn.Module, inputs: Tensor) -> Tensor:
    """The network's answers in the state that is used later (fixed normalisation), in chunks."""
    training = model.training
    model.eval()
    logits = torch.cat([model(chunk) for chunk in inputs.split(CHUNK)])
    model.train(training)
    return logits


def mistaken_probability(model: nn.Module, images: Sequence[np.ndarray]) -> np.ndarray:
    """For pictures of other kinds the probability of the known kind that each resembles most."""
    found = []
    for start in range(0, len(images), CHUNK):
        chunk = [squash(image, SIZE) for image in images[start : start + CHUNK]]
        inputs = normalise(torch.from_numpy(np.stack(chunk)).permute(0, 3, 1, 2).float())
        probabilities = torch.softmax(logits_of(model, inputs), dim=1)
        found.append(probabilities[:, :NONE].amax(dim=1).numpy())
    return np.concatenate(found)
