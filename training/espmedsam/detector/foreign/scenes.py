"""Painters of what a camera may see."""

import cv2
import numpy as np

from espmedsam.detector.foreign.drawing import colour, ellipse, fractal


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


def scenery(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Sky above ground with upright things on it."""
    sky, ground = np.array(colour(rng, 90)), np.array(colour(rng, 20, 180))
    horizon = int(edge * rng.uniform(0.3, 0.7))
    ramp = np.linspace(1.0, rng.uniform(0.6, 1.3), edge)[:, None, None]
    image = np.where(np.arange(edge)[:, None, None] < horizon, sky, ground) * ramp
    image = image * (0.7 + 0.6 * fractal(rng, edge, rng.uniform(0.9, 1.6))[..., None])
    canvas = np.clip(np.broadcast_to(image, (edge, edge, 3)), 0, 255).astype(np.uint8).copy()
    for _ in range(rng.integers(0, 12)):
        x, w = int(rng.integers(0, edge)), int(rng.integers(3, edge // 5))
        top = horizon - int(rng.integers(5, edge // 2))
        cv2.rectangle(canvas, (x, top), (x + w, horizon + 10), colour(rng, 0, 200), -1)
    return cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.3, 1.2))


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


def corridor(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A room or street in perspective: planes that meet at a vanishing point, doors, lamps."""
    at = rng.uniform(0.3, 0.7, 2) * edge
    corners = np.array([[0, 0], [edge, 0], [edge, edge], [0, edge]], float)
    canvas = np.zeros((edge, edge, 3), np.uint8)
    for i in range(4):
        face = np.stack((corners[i], corners[(i + 1) % 4], at)).astype(np.int32)
        cv2.fillPoly(canvas, [face], colour(rng, 20))
    for _ in range(rng.integers(3, 14)):
        i, depth = int(rng.integers(4)), rng.uniform(0.1, 0.8)
        near = corners[i] + (corners[(i + 1) % 4] - corners[i]) * rng.random((2, 1))
        far = near + (at - near) * depth
        face = np.concatenate((near + (at - near) * depth * 0.5, far[::-1]))
        cv2.fillPoly(canvas, [face.astype(np.int32)], colour(rng), cv2.LINE_AA)
    end = edge * rng.uniform(0.05, 0.25)
    box = (at - end).astype(int).tolist(), (at + end).astype(int).tolist()
    cv2.rectangle(canvas, tuple(box[0]), tuple(box[1]), colour(rng), -1)
    light = 0.6 + 0.7 * fractal(rng, edge, rng.uniform(1.4, 2.2))[..., None]
    image = cv2.GaussianBlur(canvas * light, (0, 0), rng.uniform(0.3, 1.8))
    return np.clip(image + rng.normal(0, rng.uniform(0, 9), image.shape), 0, 255).astype(np.uint8)
