"""What the network says of a channel's validation pictures and their copies, once for all."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np

from espmedsam.calibrate import copies
from espmedsam.data import Pair
from espmedsam.segmenter import Answer, Segmenter

FOLDS = 5
T = TypeVar("T")


@dataclass(frozen=True)
class Sample:
    """A picture's answer beside its reference."""

    kind: str
    """`own`; or a copy: `free` (a part without lesion), `degraded`."""
    fold: int
    """Neighbours in the data set, and copies of one picture, have the same."""
    answer: Answer
    reference: np.ndarray
    """`bool [H,W]`."""

    @property
    def normal(self) -> bool:
        """Whether there is nothing to find."""
        return not self.reference.any()


def compact(answer: Answer) -> Answer:
    """The same in half the memory."""
    return replace(answer, logits=answer.logits.float())


def folds_of(pairs: list[Pair]) -> list[int]:
    """The fold of each pair: runs of neighbours, because frames of one video follow each other."""
    order = sorted(range(len(pairs)), key=lambda i: (pairs[i].dataset, pairs[i].stem))
    folds = [0] * len(pairs)
    for place, i in enumerate(order):
        folds[i] = place * FOLDS // len(pairs)
    return folds


def spread(items: list[T], count: int) -> list[T]:
    """At most so many items, evenly spread."""
    places = np.linspace(0, len(items) - 1, min(count, len(items))).round().astype(int)
    return [items[i] for i in places]


def own_samples(segmenter: Segmenter, pairs: list[Pair], name: str) -> list[Sample]:
    """The pictures themselves."""
    return [
        Sample("own", fold, compact(segmenter.answer(pair.image(), name)), pair.mask() > 127)
        for pair, fold in zip(pairs, folds_of(pairs), strict=True)
    ]


def copied(
    segmenter: Segmenter,
    pairs: list[Pair],
    name: str,
    kind: str,
    count: int,
) -> Iterator[Sample]:
    """Copies of at most so many pictures that have something to find."""
    make = MAKERS[kind]
    marked = [(p, f) for p, f in zip(pairs, folds_of(pairs), strict=True) if p.mask().any()]
    for number, (pair, fold) in enumerate(spread(marked, count)):
        made = make(pair.image(), pair.mask() > 127, number)
        if made is not None:
            yield Sample(kind, fold, compact(segmenter.answer(made[0], name)), made[1])


Maker = Callable[[np.ndarray, np.ndarray, int], tuple[np.ndarray, np.ndarray] | None]


def free(rgb: np.ndarray, reference: np.ndarray, _: int) -> tuple[np.ndarray, np.ndarray] | None:
    """The part beside the lesion, with an empty mask."""
    part = copies.lesion_free(rgb, reference)
    return None if part is None else (part, np.zeros(part.shape[:2], bool))


MAKERS: dict[str, Maker] = {
    "own": lambda rgb, reference, _: (rgb, reference),
    "free": free,
    "degraded": lambda rgb, reference, number: (copies.degraded(rgb, number), reference),
    "bordered": lambda rgb, reference, _: (copies.bordered(rgb), copies.bordered(reference)),
}
