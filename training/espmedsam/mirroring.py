"""A picture seen mirrored as well: the answers, mirrored back, are averaged.

The manifest may give a channel a number `views`. Each costs a pass through the network. Part of the
contract with the Node side (`src/model/mirroring.ts`).
"""

from collections.abc import Callable

import numpy as np

VIEWS = {"colonoscopy": 4}
"""Of our own channels; 1 for all others."""
MIRRORINGS: tuple[tuple[int, ...], ...] = ((), (1,), (0,), (0, 1))
"""Mirrored axes of a picture `[H,W]` in each view; a channel with n views has the first n."""


def seen_from_views(
    image: np.ndarray, views: int, run: Callable[[np.ndarray], np.ndarray]
) -> list[np.ndarray]:
    """The answer of each of so many views (1, 2 or 4) of a picture, mirrored back.

    `run` takes an image `float32 [1,3,S,S]` and gives logits `[s,s]`.
    """
    answers = [run(image)]
    for axes in MIRRORINGS[1:views]:
        # The image has a sample and a colour axis before them.
        mirrored = np.ascontiguousarray(np.flip(image, [axis + 2 for axis in axes]))
        answers.append(np.flip(run(mirrored), axes))
    return answers


def mean_of(answers: list[np.ndarray]) -> np.ndarray:
    """The mean of the views' answers, summed in their order."""
    total = answers[0]
    for answer in answers[1:]:
        total = total + answer
    return total / np.float32(len(answers))
