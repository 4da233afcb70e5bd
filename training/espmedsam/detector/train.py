"""`python -m espmedsam.detector.train`: trains, calibrates and saves the detector in minutes."""

import argparse
import logging
from pathlib import Path

import cv2
import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from espmedsam import checkpoint
from espmedsam.augment import rotate, squash
from espmedsam.channels import CHANNELS, NUM_CHANNELS
from espmedsam.data import Pair, read_pairs
from espmedsam.detector import SIZE
from espmedsam.detector.foreign import foreign_image
from espmedsam.detector.network import ModalityDetector
from espmedsam.preprocess import normalise, resize_image
from espmedsam.train import update_average

WORKING_EDGE = 144
"""Images are kept at this edge in memory; a crop of two thirds of it still fills the input."""
PER_BATCH = (9, 6, 6, 5, 7, 7)
"""Images of each kind in a batch; more of those that vary most."""
FOREIGN_PER_BATCH = 16
FOREIGN_POOL = 3000
STEPS = 2200
VALIDATION_FOREIGN = 600
AVERAGE_DECAY = 0.995
"""Of the averaged weights, which are the ones that are kept."""
TARGET_ACCEPTANCE = 0.995
"""Share of validation images of the six kinds that must pass the threshold with the right class."""


def colour_cast(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Exposure, contrast, gamma, white balance, blur, noise; more than the segmenter sees."""
    image = 255 * (image / 255) ** np.float32(np.exp(rng.uniform(-0.5, 0.5)))
    mean = image.mean()
    image = (image - mean) * rng.uniform(0.6, 1.5) + mean + rng.uniform(-35, 35)
    image = image * rng.uniform(0.88, 1.12, 3).astype(np.float32)
    if rng.random() < 0.25:
        image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.3, 1.3))
    if rng.random() < 0.4:
        image = image + rng.standard_normal(image.shape) * rng.uniform(1, 12)
    return np.clip(image, 0, 255).astype(np.float32)


def shuffled_tiles(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The image cut into 3×3 to 6×6 tiles in random order: right colours, wrong anatomy."""
    count = int(rng.integers(3, 7))
    edge = image.shape[0] // count
    tiles = [
        image[y * edge : (y + 1) * edge, x * edge : (x + 1) * edge]
        for y in range(count)
        for x in range(count)
    ]
    order = rng.permutation(len(tiles))
    rows = [
        np.concatenate([tiles[i] for i in order[r * count : (r + 1) * count]], axis=1)
        for r in range(count)
    ]
    return squash(np.concatenate(rows, axis=0), image.shape[0])


def evening_weights(images: list[np.ndarray]) -> np.ndarray:
    """Drawing probabilities that favour images of a rare overall colour (a stain, a dark film)."""
    bins = [tuple((image.mean(axis=(0, 1)) // 48).astype(int)) for image in images]
    weights = np.array([1 / np.sqrt(bins.count(b)) for b in bins])
    return weights / weights.sum()


def detector_view(image: np.ndarray, rng: np.random.Generator, channel: int) -> np.ndarray:
    """`uint8 [H,W,3]` → augmented `float32 [SIZE,SIZE,3]` 0–255."""
    if rng.random() < 0.6:
        height, width = image.shape[:2]
        h, w = (int(v * rng.uniform(0.6, 1)) for v in (height, width))
        top, left = rng.integers(0, height - h + 1), rng.integers(0, width - w + 1)
        image = image[top : top + h, left : left + w]
    image = squash(image, SIZE).astype(np.float32)
    if rng.random() < 0.4:
        image = rotate(image, rng.uniform(-25, 25), rng.uniform(0.85, 1.2))
    if channel not in (CHANNELS.index("xray"), CHANNELS.index("ultrasound")):
        image = np.rot90(image, int(rng.integers(4)))
    if rng.random() < 0.5:
        image = image[:, ::-1]
    image = colour_cast(np.ascontiguousarray(image), rng)
    if rng.random() < 0.12:
        # The picture does not fill the frame: black at two or four sides.
        inner = np.zeros_like(image)
        h, w = (int(SIZE * rng.uniform(0.55, 1)) for _ in range(2))
        top, left = (SIZE - h) // 2, (SIZE - w) // 2
        inner[top : top + h, left : left + w] = cv2.resize(
            image, (w, h), interpolation=cv2.INTER_AREA
        )
        image = inner
    elif rng.random() < 0.12:
        # Black or white bars, as secondary captures have them.
        bar = int(SIZE * rng.uniform(0.03, 0.15))
        value = 0 if rng.random() < 0.8 else 255
        axis = rng.integers(2)
        image[(slice(None), slice(0, bar)) if axis else slice(0, bar)] = value
        image[(slice(None), slice(-bar, None)) if axis else slice(-bar, None)] = value
    return image


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
        self.pool = [foreign_image(painter, WORKING_EDGE)[1] for _ in range(FOREIGN_POOL)]

    def foreign(self, rng: np.random.Generator) -> np.ndarray:
        if rng.random() < 0.12:
            # Anatomy matters for these; a shuffled nucleus or mole picture still is one.
            channel = CHANNELS.index(str(rng.choice(["xray", "fundus", "ultrasound"])))
            images = self.images[channel]
            return shuffled_tiles(images[rng.integers(len(images))], rng)
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


def fit_temperature(logits: Tensor, labels: Tensor) -> float:
    """The temperature with the least cross entropy, searched on a fixed grid of 0.3 to 5.

    The floor keeps a perfect validation score from making the detector over-confident.
    """
    grid = torch.logspace(np.log10(0.3), np.log10(5.0), 200).tolist()
    return min(grid, key=lambda t: F.cross_entropy(logits / t, labels).item())


def choose_threshold(probabilities: Tensor, labels: Tensor) -> float:
    """The highest of the usual thresholds at which enough validation images still pass."""
    best, answer = probabilities[:, :NUM_CHANNELS].max(dim=1)
    known = labels < NUM_CHANNELS
    right = known & (answer == labels)
    for threshold in (0.95, 0.9, 0.85, 0.8, 0.7, 0.6):
        passed = (right & (best >= threshold)).sum() / known.sum()
        if passed >= TARGET_ACCEPTANCE:
            return threshold
    return 0.5


def train(data: Path, output: Path, steps: int, seed: int, threads: int) -> None:
    """Trains for so many steps, calibrates on the validation split and writes `detector.pt`."""
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    output.mkdir(parents=True, exist_ok=True)
    source = DetectorSource(read_pairs(data, "train"), seed)
    model = ModalityDetector().to(memory_format=torch.channels_last).train()
    average = {key: value.clone() for key, value in model.state_dict().items()}
    optimiser = torch.optim.AdamW(model.parameters(), lr=3e-3, weight_decay=0.02)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, 3e-3, total_steps=steps)
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
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    arguments = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    a = arguments
    train(a.data, a.output, a.steps, a.seed, a.threads)


if __name__ == "__main__":
    main()
