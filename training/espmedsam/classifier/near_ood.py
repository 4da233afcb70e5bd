"""Out-of-distribution pictures made on the spot: blank frames, and known pictures taken apart.

The latter have the right colours or textures without the right anatomy.
"""

from collections.abc import Callable, Sequence

import cv2
import numpy as np

from espmedsam.augment import squash
from espmedsam.classifier import CLASSES

Kinds = Sequence[Sequence[np.ndarray]]
"""For each class but `none` its pictures, `uint8 [S,S,3]`."""

WITH_ANATOMY = tuple(CLASSES.index(name) for name in ("xray", "ultrasound", "fundus"))
"""Anatomy matters for these; a shuffled nucleus or mole picture still is one."""
WITH_COLOUR = tuple(CLASSES.index(name) for name in ("dermoscopy", "fundus", "colonoscopy"))
"""Their colours are those of tissue; microscopy may be stained in any."""

MIN_COLOUR_CHANGE = 25
"""Mean change of a value, of 255, from which another order of the channels is another picture."""

MIN_SPREAD = 22
"""Standard deviation of grey, of 255, from which a picture shows something; bare skin has less."""
TRIES = 8


def blank(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A frame that shows nothing: black, or one colour, clean or with a sensor's noise."""
    way = rng.random()
    colour = np.zeros(3) if way < 0.5 else rng.uniform(0, 255, 3)
    if 0.5 <= way < 0.8:
        colour[:] = colour.mean()
    frame = np.broadcast_to(colour, (edge, edge, 3)).astype(np.float32)
    if rng.random() < 0.5:
        grain = rng.standard_normal((edge, edge, 1 if rng.random() < 0.5 else 3), np.float32)
        frame = frame + grain * np.float32(rng.uniform(0.5, 10))
    return np.clip(frame, 0, 255).astype(np.uint8)


def pick(kinds: Kinds, rng: np.random.Generator, classes: tuple[int, ...]) -> np.ndarray:
    """A random picture of a random one of the classes that shows something, if one is found.

    Bare skin would stay what it is however it is scrambled, and change nothing laid over another.
    """
    images = kinds[int(rng.choice(classes))]
    for _ in range(TRIES):
        image = images[rng.integers(len(images))]
        if image.mean(axis=2).std() >= MIN_SPREAD:
            break
    return image


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


def scrambled_phase(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Same mean colour and spectrum, structure gone: one random phase added to all channels."""
    spectrum = np.fft.rfft2(image.astype(np.float32), axes=(0, 1))
    turn = np.exp(2j * np.pi * rng.random(spectrum.shape[:2]))
    turn[0, 0] = 1
    field = np.fft.irfft2(spectrum * turn[..., None], s=image.shape[:2], axes=(0, 1))
    return np.clip(field, 0, 255).astype(np.uint8)


def false_colours(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The negative, or the channels in another order."""
    orders = ((1, 2, 0), (2, 0, 1), (2, 1, 0), (1, 0, 2))
    swapped = np.ascontiguousarray(image[..., orders[rng.integers(len(orders))]])
    # A picture without much colour would still be what it was.
    if rng.random() < 0.4 or cv2.absdiff(swapped, image).mean() < MIN_COLOUR_CHANGE:
        return 255 - image
    return swapped


def washed_out(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """A few colours that run into each other are all that is left."""
    few = cv2.resize(image, (int(rng.integers(2, 5)),) * 2, interpolation=cv2.INTER_AREA)
    return cv2.resize(few, image.shape[1::-1], interpolation=cv2.INTER_CUBIC)


def two_at_once(kinds: Kinds, rng: np.random.Generator) -> np.ndarray:
    """Two pictures of different kinds side by side, or one laid over the other."""
    channels = rng.permutation(len(kinds))[:2]
    first, second = (pick(kinds, rng, (int(channel),)) for channel in channels)
    # A dark-field micrograph laid over a picture would hardly change it.
    if CLASSES.index("microscopy") not in channels and rng.random() < 0.5:
        return cv2.addWeighted(first, 0.5, second, 0.5, 0)
    image, cut = first.copy(), int(first.shape[0] * rng.uniform(0.35, 0.65))
    if rng.random() < 0.5:
        image[cut:] = second[cut:]
    else:
        image[:, cut:] = second[:, cut:]
    return image


def near_ood(kinds: Kinds, rng: np.random.Generator) -> np.ndarray:
    """One of the above, all equally often."""
    every = tuple(range(len(kinds)))
    ways: tuple[Callable[[], np.ndarray], ...] = (
        lambda: shuffled_tiles(pick(kinds, rng, WITH_ANATOMY), rng),
        lambda: scrambled_phase(pick(kinds, rng, every), rng),
        lambda: false_colours(pick(kinds, rng, WITH_COLOUR), rng),
        lambda: washed_out(pick(kinds, rng, every), rng),
        lambda: two_at_once(kinds, rng),
        lambda: blank(rng, len(pick(kinds, rng, every))),
    )
    return ways[rng.integers(len(ways))]()
