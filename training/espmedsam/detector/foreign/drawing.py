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
