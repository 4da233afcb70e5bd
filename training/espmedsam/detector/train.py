"""`python -m espmedsam.detector.train`: trains one member of the detector.

`espmedsam.detector.export` joins members, chooses the thresholds and writes what is shipped.
"""

import argparse
import logging
from collections import deque
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from espmedsam import checkpoint
from espmedsam.augment import squash
from espmedsam.channels import NUM_CHANNELS
from espmedsam.data import Pair, read_pairs
from espmedsam.detector.export import read_members
from espmedsam.detector.foreign import PAINTERS, foreign_image
from espmedsam.detector.mining import MinedPool, mistaken_probability
from espmedsam.detector.near_foreign import (
    NEAR_SHARE,
    WORKING_EDGE,
    images_by_kind,
    near_foreign,
)
from espmedsam.detector.network import ModalityDetector
from espmedsam.detector.views import detector_view
from espmedsam.onnx_weights import STATISTICS_BATCHES, measure_batchnorm
from espmedsam.preprocess import normalise
from espmedsam.train import update_average

PAINTED_EDGES = (WORKING_EDGE, 256)
"""Edges at which foreign images are painted: lines of one pixel are finer in the larger one."""
PER_BATCH = (14, 6, 6, 5, 11, 8)
"""Images of each kind in a batch; more of those that vary most."""
FOREIGN_PER_BATCH = 42
FOREIGN_PER_PAINTER = 160
MINE_EVERY = 250
"""Steps after which the foreign images are weighed by the network anew."""
STEPS = 2200
RATE = 3e-3
LABEL_SMOOTHING = 0.01
"""Little: the thresholds need probabilities that still differ close to 1."""
AVERAGE_DECAY = 0.995
"""Of the averaged weights, which are the ones that are kept."""


def evening_weights(images: list[np.ndarray]) -> np.ndarray:
    """Drawing probabilities that favour images of a rare overall colour (a stain, a dark film)."""
    bins = [tuple((image.mean(axis=(0, 1)) // 48).astype(int)) for image in images]
    weights = np.array([1 / np.sqrt(bins.count(b)) for b in bins])
    return weights / weights.sum()


def painted(rng: np.random.Generator, per_painter: int) -> list[np.ndarray]:
    """So many foreign images of each painter at the working edge."""
    return [
        squash(foreign_image(rng, int(rng.choice(PAINTED_EDGES)), {name: paint})[1], WORKING_EDGE)
        for name, paint in PAINTERS.items()
        for _ in range(per_painter)
    ]


class DetectorSource:
    """Makes the batch of any step: images of the six kinds, and foreign ones."""

    def __init__(
        self, pairs: list[Pair], seed: int, per_painter: int = FOREIGN_PER_PAINTER
    ) -> None:
        self.seed = seed
        self.images = images_by_kind(pairs)
        self.weights = [evening_weights(images) for images in self.images]
        self.pool = MinedPool(painted(np.random.default_rng([seed, 1]), per_painter))

    def weigh(self, model: ModalityDetector) -> None:
        """Makes those painted images likely that the network takes for a known kind."""
        mistaken = mistaken_probability(model, self.pool.images)
        self.pool.weigh(mistaken)
        wrong = int((mistaken > 0.5).sum())
        logging.info("%d of %d painted images are mistaken", wrong, len(mistaken))

    def foreign(self, rng: np.random.Generator) -> np.ndarray:
        # Those made of known images are not mined: the hardest of them truly show a known kind.
        return near_foreign(self.images, rng) if rng.random() < NEAR_SHARE else self.pool.draw(rng)

    def batch(self, step: int) -> tuple[Tensor, Tensor]:
        rng = np.random.default_rng([self.seed, step])
        views, labels = [], []
        for channel, images in enumerate(self.images):
            for index in rng.choice(len(images), PER_BATCH[channel], p=self.weights[channel]):
                views.append(detector_view(images[index], rng, channel))
                labels.append(channel)
        for _ in range(FOREIGN_PER_BATCH):
            views.append(detector_view(self.foreign(rng), rng, NUM_CHANNELS))
            labels.append(NUM_CHANNELS)
        stacked = normalise(torch.from_numpy(np.stack(views)).permute(0, 3, 1, 2))
        return stacked.contiguous(memory_format=torch.channels_last), torch.tensor(labels)

    def batches(self, steps: range) -> Iterator[tuple[Tensor, Tensor]]:
        """The batches of these steps in order, the next two made while one is used."""
        with ThreadPoolExecutor(1) as worker:
            waiting = deque(worker.submit(self.batch, step) for step in steps[:2])
            for step in steps:
                if step + 2 in steps:
                    waiting.append(worker.submit(self.batch, step + 2))
                yield waiting.popleft().result()


def fit(
    model: ModalityDetector, source: DetectorSource, steps: int, rate: float, mine_first: bool
) -> None:
    """Trains in place; the model has the averaged weights afterwards."""
    model.train()
    average = {key: value.clone() for key, value in model.state_dict().items()}
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps)
    for start in range(0, steps, MINE_EVERY):
        if start > 0 or mine_first:
            source.weigh(model)
        part = range(start, min(start + MINE_EVERY, steps))
        for step, (images, labels) in zip(part, source.batches(part), strict=True):
            loss = F.cross_entropy(model(images), labels, label_smoothing=LABEL_SMOOTHING)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            update_average(average, model, AVERAGE_DECAY, step)
            if step % 100 == 0 or step + 1 == steps:
                logging.info("step %d of %d, loss %.4f", step + 1, steps, loss.item())
    model.load_state_dict(average)
    model.eval()


def start(initial: Path | None, source: DetectorSource) -> ModalityDetector:
    """The network to go on from, or a new one."""
    if initial is None:
        return ModalityDetector()
    model = read_members(initial)[0]
    if checkpoint.is_exported(initial):
        batches = (source.batch(step) for step in range(STATISTICS_BATCHES))
        measure_batchnorm(model, ((images,) for images, _ in batches))
    return model


def train(
    data: Path,
    output: Path,
    steps: int,
    seed: int,
    threads: int,
    initial: Path | None = None,
    rate: float = RATE,
) -> None:
    """Trains one member of the detector for so many steps and writes `detector.pt`.

    `initial` is a `detector.pt` or an exported detector to go on from (its first member), `rate`
    the highest learning rate.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    output.mkdir(parents=True, exist_ok=True)
    source = DetectorSource(read_pairs(data, "train"), seed)
    model = start(initial, source)
    # A network without training finds all images alike: nothing to weigh yet.
    fit(model.to(memory_format=torch.channels_last), source, steps, rate, mine_first=bool(initial))
    checkpoint.save(output / "detector.pt", {"model": model.state_dict()})


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True, help="run folder")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--initial", type=Path, help="a detector.pt or exported one to go on from")
    parser.add_argument("--rate", type=float, default=RATE, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    a = arguments
    train(a.data, a.output, a.steps, a.seed, a.threads, a.initial, a.rate)


if __name__ == "__main__":
    main()
