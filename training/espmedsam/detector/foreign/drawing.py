"""What the painters share: colours, noise with the spectrum of nature, turned ellipses."""

from collections.abc import Callable

import cv2
import numpy as np

Painter = Callable[[np.random.Generator, int], np.ndarray]


def colour(rng: np.random.Generator, low: int = 0, high: int = 256) -> tuple[int, int, int]:
    """A random RGB colour."""
    return tuple(int(v) for v in rng.integers(low, high, 3))


def grey_to_rgb(grey: np.ndarray) -> np.ndarray:
    """Float grey 0–255 → RGB uint8."""
    return np.repeat(np.clip(grey, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def fractal(rng: np.random.Generator, edge: int, roughness: float) -> np.ndarray:
    """Noise with a 1/f^roughness amplitude spectrum, scaled to 0–1."""
    fy, fx = np.fft.fftfreq(edge)[:, None], np.fft.rfftfreq(edge)[None]
    radius = np.sqrt(fx**2 + fy**2)
    radius[0, 0] = 1
    phase = np.exp(2j * np.pi * rng.random(radius.shape))
    field = np.fft.irfft2(phase / radius**roughness, s=(edge, edge))
    return (field - field.min()) / (np.ptp(field) + 1e-9)


def ellipse(canvas: np.ndarray, rng: np.random.Generator, centre, radius, value) -> None:
    """A filled, randomly turned ellipse."""
    cv2.ellipse(
        canvas,
        (int(centre[0]), int(centre[1])),
        (max(1, int(radius[0])), max(1, int(radius[1]))),
        float(rng.uniform(0, 180)),
        0,
        360,
        value,
        -1,
    )


def finish(
    image: np.ndarray, rng: np.random.Generator, blur: float = 1.2, noise: float = 8
) -> np.ndarray:
    """A float picture 0–255, `[H,W]` or `[H,W,3]`, as a lens and a sensor would give it."""
    image = cv2.GaussianBlur(np.asarray(image, np.float32), (0, 0), rng.uniform(0.3, blur))
    image = image + rng.standard_normal(image.shape, np.float32) * rng.uniform(0, noise)
    if image.ndim == 2:
        return grey_to_rgb(image)
    return np.clip(image, 0, 255).astype(np.uint8)


def unit_square(edge: int) -> tuple[np.ndarray, np.ndarray]:
    """Rows and columns of the pixels from −0.5 to 0.5."""
    y, x = np.mgrid[0:edge, 0:edge].astype(np.float32) / edge - 0.5
    return y, x


def blend(first: tuple, second: tuple, share: np.ndarray) -> np.ndarray:
    """From one colour to the other by a share of 0–1 at each pixel, as floats `[H,W,3]`."""
    start, end = np.array(first, np.float32), np.array(second, np.float32)
    return start + (end - start) * share[..., None].astype(np.float32)
