"""Painters without objects: textures, noise, ramps, test patterns."""

import cv2
import numpy as np

from tools.draw_ood.drawing import colour, fractal, unit_square


def texture(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Fractal fields in two to three colours: cloud, wood, water, wall."""
    stops = rng.integers(0, 256, (int(rng.integers(2, 5)), 3)).astype(float)
    field = fractal(rng, edge, rng.uniform(0.6, 2.2))
    if rng.random() < 0.4:
        field = 0.5 + 0.5 * np.sin(field * rng.uniform(10, 60))
    at = field * (len(stops) - 1)
    low = np.minimum(at.astype(int), len(stops) - 2)
    share = (at - low)[..., None]
    image = stops[low] * (1 - share) + stops[low + 1] * share
    return np.clip(image + rng.normal(0, rng.uniform(0, 10), image.shape), 0, 255).astype(np.uint8)


def noise(rng: np.random.Generator, edge: int) -> np.ndarray:
    """White noise, grey or coloured, fine or coarse."""
    cell = int(rng.integers(1, 9))
    cells = edge // cell + 1
    channels = 1 if rng.random() < 0.5 else 3
    field = rng.normal(rng.uniform(40, 210), rng.uniform(10, 90), (cells, cells, channels))
    field = np.repeat(field, 3 // channels, axis=2)
    field = np.kron(field, np.ones((cell, cell, 1)))[:edge, :edge]
    return np.clip(field, 0, 255).astype(np.uint8)


def gradient(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A linear or radial ramp between two colours, or one plain colour."""
    y, x = np.mgrid[0:edge, 0:edge] / edge
    if rng.random() < 0.5:
        angle = rng.uniform(0, 2 * np.pi)
        ramp = np.cos(angle) * x + np.sin(angle) * y
    else:
        ramp = np.hypot(x - rng.uniform(0, 1), y - rng.uniform(0, 1))
    ramp = ((ramp - ramp.min()) / np.ptp(ramp))[..., None]
    first = np.array(colour(rng))
    second = first if rng.random() < 0.3 else np.array(colour(rng))
    if rng.random() < 0.4:
        first, second = np.full(3, first[0]), np.full(3, second[0])
    image = first * (1 - ramp) + second * ramp + rng.normal(0, rng.uniform(0, 4), (edge, edge, 1))
    return np.clip(image, 0, 255).astype(np.uint8)


def pattern(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Test patterns: checks, stripes, grids of discs, rings."""
    y, x = np.mgrid[0:edge, 0:edge]
    period = float(rng.integers(4, edge // 2))
    kind = rng.integers(4)
    if kind == 0:
        on = ((x // period) + (y // period)) % 2 == 0
    elif kind == 1:
        angle = rng.uniform(0, np.pi)
        on = np.sin(2 * np.pi * (np.cos(angle) * x + np.sin(angle) * y) / period) > 0
    elif kind == 2:
        on = np.hypot(x % period - period / 2, y % period - period / 2) < period * 0.3
    else:
        on = np.sin(2 * np.pi * np.hypot(x - edge / 2, y - edge / 2) / period) > 0
    first, second = np.array(colour(rng)), np.array(colour(rng))
    if rng.random() < 0.5:
        first, second = np.full(3, first[0]), np.full(3, second[0])
    return np.where(on[..., None], first, second).astype(np.uint8)


def weave(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Cloth, basket, mesh: two crossing periodic directions, a little irregular, shaded."""
    warp = fractal(rng, edge, 1.8) * rng.uniform(0, 25)
    y, x = np.mgrid[0:edge, 0:edge] + warp
    first, second = rng.uniform(0.05, 1.2, 2)
    over = np.sin(first * x) * np.cos(second * y) > rng.uniform(-0.4, 0.4)
    threads = np.where(over, np.abs(np.sin(first * x)), np.abs(np.cos(second * y)))[..., None]
    dark, light = np.array(colour(rng)), np.array(colour(rng))
    image = dark + (light - dark) * threads
    image = image * (0.6 + 0.8 * fractal(rng, edge, 1.5))[..., None]
    return np.clip(image + rng.normal(0, rng.uniform(0, 9), image.shape), 0, 255).astype(np.uint8)


def spectrogram(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Energy over time and frequency in a colour table."""
    canvas = rng.gamma(1.5, 20, (edge, edge))
    for _ in range(rng.integers(2, 10)):
        path = edge * rng.random() + np.cumsum(rng.normal(0, 1.5, edge))
        canvas += 200 * np.exp(
            -(((np.arange(edge)[:, None] - path[None]) / rng.uniform(1, 6)) ** 2)
        )
    canvas *= 0.3 + 0.7 * (rng.random(edge) > 0.2)[None]
    table = int(rng.choice([cv2.COLORMAP_VIRIDIS, cv2.COLORMAP_PLASMA, cv2.COLORMAP_OCEAN]))
    canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.5, 2))
    return cv2.applyColorMap(np.clip(canvas, 0, 255).astype(np.uint8), table)[..., ::-1].copy()


def heat_map(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Values in a colour table: a smooth field, a matrix of cells or a warm body; a colour bar."""
    kind = rng.integers(3)
    y, x = unit_square(edge)
    if kind == 0:
        values = fractal(rng, edge, rng.uniform(1.6, 2.4))
    elif kind == 1:
        cells = rng.random((int(rng.integers(4, 24)),) * 2) ** rng.uniform(0.5, 3)
        values = cv2.resize(cells, (edge, edge), interpolation=cv2.INTER_NEAREST)
    else:
        middle = np.hypot(x / rng.uniform(0.15, 0.35), (y - 0.1) / rng.uniform(0.3, 0.6))
        values = np.clip(1.2 - middle, 0, 1) * 0.7 + 0.3 * fractal(rng, edge, 1.8)
    tables = (cv2.COLORMAP_JET, cv2.COLORMAP_TURBO, cv2.COLORMAP_INFERNO, cv2.COLORMAP_RAINBOW)
    table = tables[rng.integers(4)]
    grey = (255 * np.clip(values, 0, 1)).astype(np.uint8)
    if rng.random() < 0.5:
        bar = edge // 14
        grey[:, -bar:] = np.linspace(255, 0, edge).astype(np.uint8)[:, None]
    return cv2.applyColorMap(grey, int(table))[..., ::-1].copy()
