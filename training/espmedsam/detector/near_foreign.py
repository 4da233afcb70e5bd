"""Foreign images made of known ones: the right colours or textures without the right anatomy."""

from collections.abc import Callable

import cv2
import numpy as np

from espmedsam.augment import squash
from espmedsam.channels import CHANNELS, NUM_CHANNELS
from espmedsam.data import Pair

NEAR_SHARE = 0.15
"""Part of the foreign images that is made of known ones."""
WORKING_EDGE = 160
"""Images are kept at this edge in memory; a crop of two thirds of it still fills the input."""

Kinds = list[list[np.ndarray]]
"""For each channel its images, `uint8 [S,S,3]`."""

WITH_ANATOMY = tuple(CHANNELS.index(name) for name in ("xray", "ultrasound", "fundus"))
"""Anatomy matters for these; a shuffled nucleus or mole picture still is one."""
WITH_COLOUR = tuple(CHANNELS.index(name) for name in ("dermoscopy", "fundus", "colonoscopy"))
"""Their colours are those of tissue; microscopy may be stained in any."""

MIN_COLOUR_CHANGE = 25
"""Mean change of a value, of 255, from which another order of the channels is another picture."""

MIN_SPREAD = 22
"""Standard deviation of grey, of 255, from which a picture shows something; bare skin has less."""
TRIES = 8


def images_by_kind(pairs: list[Pair]) -> Kinds:
    """The images of each channel, all at the working edge."""
    return [
        [squash(p.image(), WORKING_EDGE) for p in pairs if p.channel == channel]
        for channel in range(NUM_CHANNELS)
    ]


def pick(kinds: Kinds, rng: np.random.Generator, channels: tuple[int, ...]) -> np.ndarray:
    """A random image of a random one of the channels that shows something, if one is found.

    Bare skin would stay what it is however it is scrambled, and change nothing laid over another.
    """
    images = kinds[int(rng.choice(channels))]
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
    if CHANNELS.index("microscopy") not in channels and rng.random() < 0.5:
        return cv2.addWeighted(first, 0.5, second, 0.5, 0)
    image, cut = first.copy(), int(first.shape[0] * rng.uniform(0.35, 0.65))
    if rng.random() < 0.5:
        image[cut:] = second[cut:]
    else:
        image[:, cut:] = second[:, cut:]
    return image


def near_foreign(kinds: Kinds, rng: np.random.Generator) -> np.ndarray:
    """One of the above, all equally often."""
    every = tuple(range(len(kinds)))
    ways: tuple[Callable[[], np.ndarray], ...] = (
        lambda: shuffled_tiles(pick(kinds, rng, WITH_ANATOMY), rng),
        lambda: scrambled_phase(pick(kinds, rng, every), rng),
        lambda: false_colours(pick(kinds, rng, WITH_COLOUR), rng),
        lambda: washed_out(pick(kinds, rng, every), rng),
        lambda: two_at_once(kinds, rng),
    )
    return ways[rng.integers(len(ways))]()
