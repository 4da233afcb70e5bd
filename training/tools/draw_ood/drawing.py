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


def ramp(level: np.ndarray, *stops: tuple) -> np.ndarray:
    """Levels of 0–1 → colours on the way along evenly spaced stops, as floats `[H,W,3]`."""
    at, steps = np.linspace(0, 1, len(stops)), np.linspace(0, 1, 256)
    bands = [np.interp(steps, at, band) for band in np.array(stops, float).T]
    index = (np.clip(level, 0, 1) * 255).astype(np.uint8)
    return np.stack(bands, axis=1).astype(np.float32)[index]


def cells(rng: np.random.Generator, edge: int, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Distance in pixels to the nearest of random seeds, and that seed's number."""
    free = np.full((edge, edge), 255, np.uint8)
    free[rng.integers(0, edge, count), rng.integers(0, edge, count)] = 0
    kind = cv2.DIST_LABEL_PIXEL
    distance, label = cv2.distanceTransformWithLabels(free, cv2.DIST_L2, 5, labelType=kind)
    return distance, label - 1


def joints(label: np.ndarray, width: int) -> np.ndarray:
    """Where regions meet, as lines of about `width` pixels."""
    kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (max(2, width),) * 2)
    return cv2.morphologyEx(label.astype(np.float32), cv2.MORPH_GRADIENT, kernel) > 0


def scope_field(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """The picture as an endoscope shows it: mostly round or octagonal on black."""
    y, x = unit_square(len(image))
    kind, size = rng.random(), rng.uniform(0.4, 0.5)
    if kind < 0.2:
        return image
    reach = np.hypot(x, y)
    if kind < 0.45:
        reach = np.maximum(np.maximum(abs(x), abs(y)), (abs(x) + abs(y)) / 1.35)
    return image * np.clip((size - reach) * len(image) / 2, 0, 1)[..., None]


def branches(
    rng: np.random.Generator, edge: int, start: tuple, angle: float, width: float, spread: float
) -> list[tuple[tuple[int, int], tuple[int, int], int]]:
    """Segments (from, to, width) of what forks as it grows: trees, roots, rivers."""
    segments, growing = [], [(start, angle, width)]
    step, crooked = rng.uniform(0.02, 0.04) * edge, rng.uniform(0.05, 0.3)
    while growing and len(segments) < 700:
        (x, y), angle, width = growing.pop(0)
        for turn in rng.normal(0, crooked, int(rng.integers(3, 8))):
            angle += turn
            end = (x + step * np.cos(angle), y + step * np.sin(angle))
            segments.append(((int(x), int(y)), (int(end[0]), int(end[1])), max(1, int(width))))
            x, y = end
        if width > 0.5:
            for side in (-1, 1):
                turn = angle + side * rng.uniform(0.15, spread)
                growing.append(((x, y), turn, width * rng.uniform(0.5, 0.9)))
    return segments
