"""Painters of what a camera may see."""

import cv2
import numpy as np

from tools.draw_ood.drawing import colour, ellipse, fractal


def dead_leaves(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Overlapping shaded shapes of all sizes: the statistics of photographs."""
    base, spread = np.array(colour(rng, 30, 220)), rng.uniform(15, 90)

    def leaf_colour() -> tuple[int, int, int]:
        shade = rng.normal(0, spread) + rng.normal(0, spread * 0.4, 3)
        return tuple(int(v) for v in np.clip(base + shade, 0, 255))

    canvas = np.full((edge, edge, 3), leaf_colour(), np.uint8)
    for _ in range(rng.integers(30, 220)):
        radius = edge * min(0.4, 0.015 / rng.random() ** 0.7)
        x, y = rng.uniform(0, edge, 2)
        if rng.random() < 0.5:
            ellipse(canvas, rng, (x, y), radius * rng.uniform(0.4, 1.4, 2), leaf_colour())
        else:
            corners = np.array([x, y]) + rng.normal(0, radius, (int(rng.integers(3, 7)), 2))
            cv2.fillPoly(canvas, [corners.astype(np.int32)], leaf_colour())
    shade = 0.6 + 0.8 * fractal(rng, edge, rng.uniform(1.0, 2.0))[..., None]
    image = canvas * shade + rng.normal(0, rng.uniform(0, 12), canvas.shape)
    return np.clip(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.6)), 0, 255).astype(np.uint8)


def still_life(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Shaded balls, boxes and bottles on a table, lit from one side."""
    wall, table = np.array(colour(rng, 30)), np.array(colour(rng, 30))
    level = int(edge * rng.uniform(0.3, 0.8))
    image = np.where(np.arange(edge)[:, None, None] < level, wall, table) * np.ones((1, edge, 1))
    y, x = np.mgrid[0:edge, 0:edge]
    for _ in range(rng.integers(1, 10)):
        paint, size = np.array(colour(rng)), edge * rng.uniform(0.04, 0.3)
        cx, cy = rng.uniform(0, edge), level + rng.uniform(-0.1, 0.3) * edge
        if rng.random() < 0.6:
            inside = np.hypot(x - cx, (y - cy) / rng.uniform(0.7, 1.5)) < size
            light = 1.25 - np.hypot(x - cx + size * 0.4, y - cy + size * 0.4) / (1.6 * size)
        else:
            inside = (np.abs(x - cx) < size * 0.7) & (np.abs(y - cy) < size)
            light = np.where(x < cx, 1.1, 0.6)
        image = np.where(inside[..., None], paint * np.clip(light, 0.1, 1.4)[..., None], image)
    image = image * (0.85 + 0.3 * fractal(rng, edge, 1.2))[..., None]
    image = cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 2))
    return np.clip(image + rng.normal(0, rng.uniform(0, 8), image.shape), 0, 255).astype(np.uint8)
