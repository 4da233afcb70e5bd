"""`python -m espmedsam.detector.train`: trains, calibrates and saves the detector in minutes."""

import argparse
import logging
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from espmedsam import checkpoint
from espmedsam.augment import squash
from espmedsam.channels import NUM_CHANNELS
from espmedsam.data import Pair, read_pairs
from espmedsam.detector import SIZE
from espmedsam.detector.calibrate import choose_threshold, fit_temperature
from espmedsam.detector.foreign import PAINTERS, foreign_image
from espmedsam.detector.near_foreign import near_foreign
from espmedsam.detector.network import ModalityDetector
from espmedsam.detector.views import detector_view
from espmedsam.preprocess import normalise, resize_image
from espmedsam.train import update_average

WORKING_EDGE = 160
"""Images are kept at this edge in memory; a crop of two thirds of it still fills the input."""
PER_BATCH = (12, 6, 6, 5, 9, 8)
"""Images of each kind in a batch; more of those that vary most."""
FOREIGN_PER_BATCH = 36
NEAR_SHARE = 0.25
"""Part of the foreign images that is made of known ones."""
FOREIGN_PER_PAINTER = 200
STEPS = 2200
RATE = 3e-3
VALIDATION_FOREIGN = 1500
AVERAGE_DECAY = 0.995
"""Of the averaged weights, which are the ones that are kept."""


def evening_weights(images: list[np.ndarray]) -> np.ndarray:
    """Drawing probabilities that favour images of a rare overall colour (a stain, a dark film)."""
    bins = [tuple((image.mean(axis=(0, 1)) // 48).astype(int)) for image in images]
    weights = np.array([1 / np.sqrt(bins.count(b)) for b in bins])
    return weights / weights.sum()


class DetectorSource:
    """Makes the batch of any step: images of the six kinds, and foreign ones."""

    def __init__(self, pairs: list[Pair], seed: int) -> None:
        self.seed = seed
        self.images = [
            [squash(p.image(), WORKING_EDGE) for p in pairs if p.channel == channel]
            for channel in range(NUM_CHANNELS)
        ]
        self.weights = [evening_weights(images) for images in self.images]
        painter = np.random.default_rng([seed, 1])
        self.pool = [
            foreign_image(painter, WORKING_EDGE, {name: paint})[1]
            for name, paint in PAINTERS.items()
            for _ in range(FOREIGN_PER_PAINTER)
        ]

    def foreign(self, rng: np.random.Generator) -> np.ndarray:
        if rng.random() < NEAR_SHARE:
            return near_foreign(self.images, rng)
        return self.pool[rng.integers(len(self.pool))]

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


def evaluation_set(pairs: list[Pair], foreign: int, seed: int) -> tuple[Tensor, Tensor]:
    """Unchanged images, resized as in use, and so many foreign ones from another seed."""
    images = [normalise(resize_image(pair.image(), SIZE)) for pair in pairs]
    labels = [pair.channel for pair in pairs]
    rng = np.random.default_rng([seed, 77])
    for _ in range(foreign):
        images.append(normalise(resize_image(foreign_image(rng, 256)[1], SIZE)))
        labels.append(NUM_CHANNELS)
    return torch.stack(images), torch.tensor(labels)


def train(
    data: Path,
    output: Path,
    steps: int,
    seed: int,
    threads: int,
    initial: Path | None = None,
    rate: float = RATE,
) -> None:
    """Trains for so many steps, calibrates on the validation split and writes `detector.pt`.

    `initial` is a `detector.pt` to go on from, `rate` the highest learning rate.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    output.mkdir(parents=True, exist_ok=True)
    source = DetectorSource(read_pairs(data, "train"), seed)
    model = ModalityDetector()
    if initial is not None:
        model.load_state_dict(checkpoint.load(initial)["model"])
    model = model.to(memory_format=torch.channels_last).train()
    average = {key: value.clone() for key, value in model.state_dict().items()}
    optimiser = torch.optim.AdamW(model.parameters(), lr=rate, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, rate, total_steps=steps)
    for step in range(steps):
        images, labels = source.batch(step)
        loss = F.cross_entropy(model(images), labels, label_smoothing=0.03)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
        update_average(average, model, AVERAGE_DECAY, step)
        if step % 100 == 0 or step + 1 == steps:
            logging.info("step %d of %d, loss %.4f", step + 1, steps, loss.item())
    model.load_state_dict(average)
    model.eval()
    images, labels = evaluation_set(read_pairs(data, "val"), VALIDATION_FOREIGN, seed)
    with torch.no_grad():
        logits = model(images)
    temperature = fit_temperature(logits, labels)
    probabilities = torch.softmax(logits / temperature, dim=1)
    threshold = choose_threshold(probabilities, labels)
    accuracy = (logits.argmax(1) == labels).float().mean().item()
    logging.info(
        "validation: accuracy %.4f, temperature %.3f, threshold %.2f",
        accuracy,
        temperature,
        threshold,
    )
    state = {"model": model.state_dict(), "temperature": temperature, "threshold": threshold}
    checkpoint.save(output / "detector.pt", state)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--output", type=Path, required=True, help="run folder")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument("--initial", type=Path, help="a detector.pt to go on from")
    parser.add_argument("--rate", type=float, default=RATE, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    a = arguments
    train(a.data, a.output, a.steps, a.seed, a.threads, a.initial, a.rate)


if __name__ == "__main__":
    main()
