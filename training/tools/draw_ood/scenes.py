"""Painters of what a camera may see."""

import cv2
import numpy as np

from tools.draw_ood.drawing import colour, ellipse, finish, fractal


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


def relief(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Terrain from above: heights in map colours, shaded as by a low sun."""
    height = fractal(rng, edge, rng.uniform(1.8, 2.4))
    slope_y, slope_x = np.gradient(height * edge * rng.uniform(0.5, 2))
    sun = rng.uniform(0, 2 * np.pi)
    shade = 0.7 + 0.5 * np.tanh(np.cos(sun) * slope_x + np.sin(sun) * slope_y)
    stops = np.array([(70, 120, 70), (170, 160, 90), (140, 100, 70), (245, 245, 245)], float)
    stops = np.clip(stops + rng.normal(0, 15, (4, 3)), 0, 255)
    tint = np.stack([np.interp(height, (0, 0.4, 0.7, 1), stops[:, i]) for i in range(3)], axis=2)
    tint[height < rng.uniform(0, 0.4)] = (90, 130, 190)
    return finish(tint * shade[..., None], rng, 0.8, 5)


def aerial(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Fields from the air: a turned patchwork with furrows, a road, some trees."""
    wide = int(edge * 1.5)
    canvas = np.zeros((wide, wide, 3), np.float32)
    plots = [(0, 0, wide, wide)]
    while plots:
        top, left, bottom, right = plots.pop()
        h, w = bottom - top, right - left
        if max(h, w) > edge * 0.45 or (min(h, w) > edge * 0.15 and rng.random() < 0.6):
            share = rng.uniform(0.3, 0.7)
            if h > w:
                cut = top + int(h * share)
                plots += [(top, left, cut, right), (cut, left, bottom, right)]
            else:
                cut = left + int(w * share)
                plots += [(top, left, bottom, cut), (top, cut, bottom, right)]
            continue
        tone = np.array([rng.uniform(60, 190), rng.uniform(90, 180), rng.uniform(40, 110)])
        rows = np.sin(np.arange(w) * rng.uniform(0.5, 2)) * rng.uniform(0, 14)
        canvas[top:bottom, left:right] = tone + rows[None, :, None]
        cv2.rectangle(canvas, (left, top), (right, bottom), (70.0, 90.0, 50.0), 1)
    y = int(wide * rng.uniform(0.3, 0.7))
    bend = y + int(rng.normal(0, edge * 0.1))
    cv2.line(canvas, (0, y), (wide, bend), (190.0, 185.0, 175.0), max(2, edge // 40))
    for at in rng.uniform(0, wide, (int(rng.integers(0, 60)), 2)):
        cv2.circle(
            canvas, tuple(at.astype(int).tolist()), max(1, edge // 70), (40.0, 65.0, 35.0), -1
        )
    turn = cv2.getRotationMatrix2D((wide / 2, wide / 2), rng.uniform(0, 360), 1)
    canvas = cv2.warpAffine(canvas, turn, (wide, wide), borderMode=cv2.BORDER_REFLECT)
    start = (wide - edge) // 2
    return finish(canvas[start : start + edge, start : start + edge], rng)
