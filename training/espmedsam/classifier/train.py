"""`python -m espmedsam.classifier.train`: trains one member of the modality classifier.

`espmedsam.classifier.export` joins members, chooses the thresholds and writes what is shipped.
"""

import argparse
import logging
from collections import Counter, deque
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from torch import Tensor

from espmedsam import checkpoint
from espmedsam.augment import squash
from espmedsam.classifier import CLASSES, NONE, SIZE
from espmedsam.classifier.augmentation import training_view
from espmedsam.classifier.dataset import Picture, at_working_edge, decoded, read_folder
from espmedsam.classifier.export import read_members
from espmedsam.classifier.mining import CHUNK, MinedPool, mistaken_probability
from espmedsam.classifier.near_ood import near_ood
from espmedsam.classifier.network import ModalityClassifier, new_head
from espmedsam.data import DataError
from espmedsam.onnx_weights import STATISTICS_BATCHES, measure_batchnorm
from espmedsam.preprocess import normalise
from espmedsam.train import update_average

PER_BATCH = {
    "dermoscopy": 10,
    "xray": 7,
    "ultrasound": 11,
    "fundus": 7,
    "microscopy": 20,
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
HEAD_RATE = 3e-3
HEAD_BATCH = 128
HEAD_EPOCHS = 16
AVERAGE_DECAY = 0.995
"""Of the averaged weights, which are the ones that are kept."""


def colour_bin(image: np.ndarray) -> tuple[int, ...]:
    """The overall colour, coarsely: a stain, a dark film."""
    return tuple((image.mean(axis=(0, 1)) // 48).astype(int))


def evening_weights(images: Sequence[np.ndarray], sources: Sequence[str]) -> np.ndarray:
    """Drawing probabilities that favour pictures of a small data set or a rare overall colour.

    Not by much: bright nuclei on black are the usual picture of a microscope, though they are of
    one colour, and painted stars and lamps must not crowd them out.
    """
    bins = [(source, colour_bin(image)) for source, image in zip(sources, images, strict=True)]
    by_source, by_bin = Counter(sources), Counter(bins)
    weights = np.array(
        [by_source[source] ** -0.25 * by_bin[source, colour] ** -0.25 for source, colour in bins]
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


@dataclass(frozen=True)
class MemberPlan:
    """How one member is trained."""

    steps: int = STEPS
    """Training steps, or batches of views when only the head learns."""
    seed: int = 0
    rate: float = RATE
    """Highest learning rate."""
    initial: Path | None = None
    """A `classifier.pt` or an exported classifier to go on from."""
    member: int = 0
    """Which member of that one."""
    head_only: bool = False
    """Whether the convolutions stay and the head is fitted anew."""
    new_head: bool = False
    """Whether everything learns, but from a new head: for a start of other classes."""


def fit(
    model: ModalityClassifier, source: ClassifierSource, plan: MemberPlan, mine_first: bool
) -> None:
    """Trains in place; the model has the averaged weights afterwards."""
    steps, rate = plan.steps, plan.rate
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


@torch.no_grad()
def pooled_views(
    model: ModalityClassifier, source: ClassifierSource, batches: int
) -> tuple[Tensor, Tensor]:
    """What the head sees, `[N,416]`, and the labels `[N]`.

    First every picture just as it is, in the order of the classes, then so many batches of views.
    """
    model.eval()
    features, labels = [], []
    pools = [pool.images for pool in source.pools]
    for label, images in [*enumerate(source.images), *((NONE, images) for images in pools)]:
        for begin in range(0, len(images), CHUNK):
            squashed = [squash(image, SIZE) for image in images[begin : begin + CHUNK]]
            inputs = torch.from_numpy(np.stack(squashed)).permute(0, 3, 1, 2).float()
            features.append(model.pooled(normalise(inputs)))
        labels.append(torch.full((len(images),), label))
    for number, (images, given) in enumerate(source.batches(range(batches))):
        features.append(model.pooled(images))
        labels.append(given)
        if (number + 1) % 20 == 0:
            logging.info("features of batch %d of %d", number + 1, batches)
    return torch.cat(features), torch.cat(labels)


def fit_head(model: ModalityClassifier, features: Tensor, labels: Tensor, seed: int) -> None:
    """A new head for the model, trained on pooled features; the convolutions stay as they are.

    The features are brought to mean 0 and spread 1 for it; its first layer takes that over.
    """
    torch.manual_seed(seed)
    mean, spread = features.mean(dim=0), features.std(dim=0).clamp(min=1e-4)
    inputs = (features - mean) / spread
    head = new_head().train()
    optimiser = torch.optim.AdamW(head.parameters(), lr=HEAD_RATE, weight_decay=0.02)
    batches = -(-len(labels) // HEAD_BATCH)
    schedule = torch.optim.lr_scheduler.OneCycleLR(
        optimiser, HEAD_RATE, total_steps=batches * HEAD_EPOCHS
    )
    for _ in range(HEAD_EPOCHS):
        for part in torch.randperm(len(labels)).split(HEAD_BATCH):
            logits = head(inputs[part])
            loss = F.cross_entropy(logits, labels[part], label_smoothing=LABEL_SMOOTHING)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
    with torch.no_grad():
        first = head[0]
        first.weight /= spread
        first.bias -= first.weight @ mean
    model.head = head.eval()
    with torch.no_grad():
        right = (model.head(features).argmax(dim=1) == labels).float().mean().item()
    logging.info("head fitted on %d views, %.4f of them right", len(labels), right)


def start(plan: MemberPlan, source: ClassifierSource) -> ModalityClassifier:
    """The network to go on from, or a new one."""
    if plan.initial is None:
        return ModalityClassifier()
    model = read_members(plan.initial, plan.head_only or plan.new_head)[plan.member]
    if checkpoint.is_exported(plan.initial) and not plan.head_only:
        batches = (source.batch(step) for step in range(STATISTICS_BATCHES))
        measure_batchnorm(model, ((images,) for images, _ in batches))
    return model


def train(
    roots: Sequence[Path],
    output: Path,
    plan: MemberPlan,
    cache: Path | None = None,
    near_pictures: int = NEAR_PICTURES,
) -> None:
    """Trains one member of the ensemble and writes `classifier.pt`.

    `roots` are data folders (`espmedsam.classifier.dataset`), `cache` is a folder for the decoded
    pictures.
    """
    torch.manual_seed(plan.seed)
    output.mkdir(parents=True, exist_ok=True)
    source = ClassifierSource(roots, plan.seed, cache, near_pictures)
    model = start(plan, source).to(memory_format=torch.channels_last)
    if plan.head_only:
        fit_head(model, *pooled_views(model, source, plan.steps), plan.seed)
    else:
        # A network without training finds all images alike: nothing to weigh yet.
        fit(model, source, plan, mine_first=plan.initial is not None and not plan.new_head)
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
    parser.add_argument("--member", type=int, default=0, help="which member of that one")
    parser.add_argument(
        "--head-only", action="store_true", help="fit the head alone, on --steps batches of views"
    )
    parser.add_argument(
        "--new-head", action="store_true", help="leave --initial's head out: it has other classes"
    )
    parser.add_argument("--rate", type=float, default=RATE, help="highest learning rate")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--cache", type=Path, help="folder for the decoded pictures")
    a = parser.parse_args()
    if a.head_only and a.initial is None:
        parser.error("--head-only needs --initial: convolutions without training see nothing")
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s", datefmt="%H:%M:%S")
    torch.set_num_threads(a.threads)
    plan = MemberPlan(a.steps, a.seed, a.rate, a.initial, a.member, a.head_only, a.new_head)
    train(a.data, a.output, plan, a.cache)


if __name__ == "__main__":
    main()
