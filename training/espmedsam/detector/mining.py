"""Foreign images to train with: those the network still takes for a known kind come up more often.

Most painted images are refused after a few hundred steps and teach nothing more. What decides how
the detector does in use are the few that look like one of the six kinds.
"""

import numpy as np
import torch
from torch import Tensor, nn

from espmedsam.augment import squash
from espmedsam.channels import NUM_CHANNELS
from espmedsam.detector import SIZE
from espmedsam.preprocess import normalise

HARD_SHARE = 0.5
"""Part of the draws that goes by the network's error; the rest is even, so that nothing is lost."""
CHUNK = 32
"""Images that are scored at once; more of them no longer fit the cache and take twice as long."""


class MinedPool:
    """Images, and how likely each one is to be drawn; all the same until they are weighed."""

    def __init__(self, images: list[np.ndarray]) -> None:
        self.images = images
        self.weigh(np.ones(len(images)))

    def weigh(self, mistaken: np.ndarray) -> None:
        """Takes for each image the probability with which it is mistaken for a known kind."""
        share = mistaken.astype(np.float64) / mistaken.sum(dtype=np.float64)
        even = 1 / len(self.images)
        self.cumulative = np.cumsum((1 - HARD_SHARE) * even + HARD_SHARE * share)

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


def mistaken_probability(model: nn.Module, images: list[np.ndarray]) -> np.ndarray:
    """For foreign images the probability of the known kind that each resembles most."""
    found = []
    for start in range(0, len(images), CHUNK):
        chunk = [squash(image, SIZE) for image in images[start : start + CHUNK]]
        inputs = normalise(torch.from_numpy(np.stack(chunk)).permute(0, 3, 1, 2).float())
        probabilities = torch.softmax(logits_of(model, inputs), dim=1)
        found.append(probabilities[:, :NUM_CHANNELS].amax(dim=1).numpy())
    return np.concatenate(found)
