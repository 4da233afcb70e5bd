"""`python -m espmedsam.classifier.train`: trains one member of the modality classifier.

`espmedsam.classifier.export` joins members, chooses the thresholds and writes what is shipped.
"""

import argparse
import logging
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from espmedsam import checkpoint
from espmedsam.classifier import CLASSES, NONE
from espmedsam.classifier.augmentation import training_view
from espmedsam.classifier.dataset import Picture, at_working_edge, decoded, read_folder
from espmedsam.classifier.export import read_members
from espmedsam.classifier.mining import MinedPool, mistaken_probability
from espmedsam.classifier.near_ood import near_ood
from espmedsam.classifier.network import ModalityClassifier
from espmedsam.data import DataError
from espmedsam.onnx_weights import STATISTICS_BATCHES, measure_batchnorm
from espmedsam.preprocess import normalise
from espmedsam.train import update_average

PER_BATCH = {
    "dermoscopy": 10,
    "xray": 7,
    "ultrasound": 11,
    "fundus": 7,
    "microscopy": 13,
    "colonoscopy": 11,
    "thyroid": 5,
}
"""Pictures of each class in a batch; more of those that vary most."""
OOD_PER_BATCH = 44
NEAR_SHARE = 0.18
"""Part of the out-of-distribution pictures that `near_ood` makes."""
NEAR_PICTURES = 2500
MINE_EVERY = 300
"""Steps after which the out-of-distribution pictures are weighed by the network anew."""
STEPS = 3000
RATE = 3e-3
LABEL_SMOOTHING = 0.01
"""Little: the thresholds need probabilities that still differ close to 1."""
AVERAGE_DECAY = 0.995
"""Of the averaged weights, which are the ones that are kept."""


def colour_bin(image: np.ndarray) -> tuple[int, ...]:
    """The overall colour, coarsely: a stain, a dark film."""
    return tuple((image.mean(axis=(0, 1)) // 48).astype(int))


def evening_weights(images: Sequence[np.ndarray], sources: Sequence[str]) -> np.ndarray:
    """Drawing probabilities that favour pictures of a small data set or a rare overall colour."""
    bins = [(source, colour_bin(image)) for source, image in zip(sources, images, strict=True)]
    by_source, by_bin = Counter(sources), Counter(bins)
    weights = np.array(
        [by_source[source] ** -0.25 * by_bin[source, colour] ** -0.5 for source, colour in bins]
    )
    return weights / weights.sum()


def even_kinds(pictures: Sequence[Picture]) -> np.ndarray:
    """Weights that favour pictures of kinds of which there are few."""
    counts = Counter(picture.source for picture in pictures)
    return np.array([counts[picture.source] ** -0.5 for picture in pictures])


class ClassifierSource:
    """Makes the batch of any step: pictures of the known kinds, and out-of-distribution ones.

    Each folder's out-of-distribution pictures are a pool of their own, and all pools are drawn from
    equally often: a few real pictures count for as much as thousands of drawn ones. Raises
    `DataError` when the folders lack a class.
    """

    def __init__(
        self,
        roots: Sequence[Path],
        seed: int,
        cache: Path | None = None,
        near_pictures: int = NEAR_PICTURES,
    ) -> None:
        self.seed = seed
        folders = [
            [picture for picture in read_folder(root) if picture.split == "train"] for root in roots
        ]
        self.images: list[np.ndarray] = []
        self.weights: list[np.ndarray] = []
        for label, name in enumerate(CLASSES[:NONE]):
            pictures = [p for folder in folders for p in folder if p.label == label]
            if not pictures:
                raise DataError(
                    f"no picture of {name} for training in {', '.join(map(str, roots))}"
                )
            images = decoded(pictures, at_working_edge, cache)
            self.images.append(images)
            self.weights.append(evening_weights(images, [p.source for p in pictures]))
        self.pools: list[MinedPool] = []
        for folder in folders:
            pictures = [picture for picture in folder if picture.label == NONE]
            if pictures:
                images = decoded(pictures, at_working_edge, cache)
                self.pools.append(MinedPool(images, even_kinds(pictures)))
        if not self.pools:
            raise DataError("no folder has pictures of other kinds (role foreign) for training")
        rng = np.random.default_rng([seed, 1])
        # Those made of known pictures are not mined: the hardest of them truly show a known kind.
        self.near = [near_ood(self.images, rng) for _ in range(near_pictures)]

    def weigh(self, model: ModalityClassifier) -> None:
        """Makes those pictures likely that the network takes for a known kind."""
        for pool in self.pools:
            mistaken = mistaken_probability(model, pool.images)
            pool.weigh(mistaken)
            wrong = int((mistaken > 0.5).sum())
            logging.info("%d of %d out-of-distribution are mistaken", wrong, len(mistaken))

    def out_of_distribution(self, rng: np.random.Generator) -> np.ndarray:
        if rng.random() < NEAR_SHARE:
            return self.near[rng.integers(len(self.near))]
        return self.pools[rng.integers(len(self.pools))].draw(rng)

    def batch(self, step: int) -> tuple[Tensor, Tensor]:
        """Normalised images `[N,3,112,112]` and labels `[N]`; depends on seed and step only."""
        rng = np.random.default_rng([self.seed, step])
        views, labels = [], []
        for label, images in enumerate(self.images):
            count = PER_BATCH[CLASSES[label]]
            for index in rng.choice(len(images), count, p=self.weights[label]):
                views.append(training_view(images[index], rng, label))
                labels.append(label)
        for _ in range(OOD_PER_BATCH):
            views.append(training_view(self.out_of_distribution(rng), rng, NONE))
            labels.append(NONE)
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
    model: ModalityClassifier,
    source: ClassifierSource,
    steps: int,
    rate: float,
    mine_first: bool,
    bf16: bool,
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
            with torch.autocast("cpu", torch.bfloat16, enabled=bf16):
                logits = model(images)
            loss = F.cross_entropy(logits.float(), labels, label_smoothing=LABEL_SMOOTHING)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            update_average(average, model, AVERAGE_DECAY, step)
            if step % 100 == 0 or step + 1 == steps:
                logging.info("step %d of %d, loss %.4f", step + 1, steps, loss.item())
    model.load_state_dict(average)
    model.eval()


def start(initial: Path | None, source: ClassifierSource) -> ModalityClassifier:
    """The network to go on from, or a new one."""
    if initial is None:
        return ModalityClassifier()
    model = read_members(initial)[0]
    if checkpoint.is_exported(initial):
        batches = (source.batch(step) for step in range(STATISTICS_BATCHES))
        measure_batchnorm(model, ((images,) for images, _ in batches))
    return model


def train(
    roots: Sequence[Path],
    output: Path,
    steps: int,
    seed: int,
    *,
    initial: Path | None = None,
    rate: float = RATE,
    bf16: bool = False,
    cache: Path | None = None,
) -> None:
    """Trains one member of the ensemble for so many steps and writes `classifier.pt`.

    `roots` are data folders (`espmedsam.classifier.dataset`); `initial` is a `classifier.pt` or an
    exported classifier to go on from (its first member), `rate` the highest learning rate, `cache`
    a folder for the decoded pictures.
    """
    torch.manual_seed(seed)
    output.mkdir(parents=True, exist_ok=True)
    source = ClassifierSource(roots, seed, cache)
    model = start(initial, source)
    # A network without training finds all images alike: nothing to weigh yet.
    model = model.to(memory_format=torch.channels_last)
    fit(model, source, steps, rate, mine_first=bool(initial), bf16=bf16)
    checkpoint.save(output / "classifier.pt", {"model": model.state_dict()})


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, nargs="+", required=True, help="data folders")
    parser.add_argument("--output", type=Path, required=True, help="run folder")
    parser.add_argument("--steps", type=int, default=STEPS)
    parser.add_argument(
        "--initial", type=Path, help="a classifier.pt or exported one to go on from"
    )
    parser.add_argument("--rate", type=float, default=RATE, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--bf16", action="store_true", help="bfloat16 (twice as fast with AMX)")
    parser.add_argument("--cache", type=Path, help="folder for the decoded pictures")
    a = parser.parse_args()
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    torch.set_num_threads(a.threads)
    train(
        a.data,
        a.output,
        a.steps,
        a.seed,
        initial=a.initial,
        rate=a.rate,
        bf16=a.bf16,
        cache=a.cache,
    )


if __name__ == "__main__":
    main()
