"""Painters of the sky: heavenly bodies, evening light, lights of the night."""

import cv2
import numpy as np

from tools.draw_ood.drawing import (
    branches,
    colour,
    finish,
    fractal,
    ramp,
    unit_square,
)


def sun_disc(rng: np.random.Generator, edge: int) -> np.ndarray:
    """The sun by telescope: a granular orange disc, darker to its rim, spots and filaments."""
    y, x = unit_square(edge)
    reach = np.hypot(x - rng.normal(0, 0.03), y - rng.normal(0, 0.03)) / rng.uniform(0.3, 0.6)
    grain = fractal(rng, edge, rng.uniform(0.4, 0.9)) - 0.5
    level = np.sqrt(np.clip(1 - reach**2, 0, 1)) ** rng.uniform(0.2, 0.6) * rng.uniform(0.6, 0.9)
    level = level + rng.uniform(0.3, 0.8) * grain
    patches = fractal(rng, edge, 2) + 0.3 * grain
    level += rng.uniform(0, 0.5) * np.clip((patches - 0.72) * 9, 0, 1)
    level -= rng.uniform(0, 0.7) * np.clip((0.22 - patches) * 12, 0, 1)
    corona = rng.uniform(0, 0.35) * np.exp(-np.clip(reach - 1, 0, None) * rng.uniform(4, 15))
    level = np.where(reach < 1, np.clip(level, 0.1, 1), corona)
    hues = (
        ((0, 0, 0), (170, 50, 10), (245, 140, 30), (255, 235, 160)),
        ((0, 0, 0), (140, 20, 10), (225, 60, 30), (255, 190, 150)),
        ((0, 0, 0), (120, 85, 10), (220, 180, 40), (255, 245, 190)),
    )
    return finish(ramp(level, *hues[rng.integers(3)]), rng, 1.2)


def sunset(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Dusk: bands of red, orange and violet, clouds lit from below, a low sun, dark land."""
    y, x = unit_square(edge)
    horizon = rng.uniform(0.05, 0.4)
    high = (rng.uniform(20, 120), rng.uniform(20, 90), rng.uniform(60, 150))
    low = (rng.uniform(225, 255), rng.uniform(110, 200), rng.uniform(30, 110))
    middle = (rng.uniform(180, 245), rng.uniform(60, 120), rng.uniform(50, 130))
    canvas = ramp((y + 0.5) / (horizon + 0.5), high, middle, low)
    clouds = cv2.resize(fractal(rng, edge, 1.7)[:, : edge // 3], (edge, edge)) - rng.uniform(
        0.3, 0.6
    )
    tint = np.array([1.2, 1, 0.8]) * rng.uniform(-100, 50) + rng.normal(0, 12, 3)
    canvas += np.clip(clouds * 4, 0, 1)[..., None] * tint
    away = np.hypot(x - rng.uniform(-0.4, 0.4), y - horizon + rng.uniform(-0.02, 0.3))
    canvas += np.exp(-away / rng.uniform(0.05, 0.3))[..., None] * (120, 80, 30)
    if rng.random() < 0.7:
        canvas[away < rng.uniform(0.02, 0.09)] = (255, 240, rng.uniform(150, 230))
    ridge = horizon - rng.uniform(0, 0.15) * (fractal(rng, edge, 1.5)[0] - 0.5)
    below = y > ridge
    if rng.random() < 0.4:
        mirror = canvas[::-1] * rng.uniform(0.4, 0.8)
        canvas = np.where(below[..., None], mirror * (0.8 + 0.4 * clouds[..., None]), canvas)
    else:
        canvas[below] = canvas[below] * rng.uniform(0.03, 0.2)
    return finish(canvas, rng, 1.4)


def bare_tree(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Dark boughs that fork again and again before an orange, pink or pale sky."""
    y, x = unit_square(edge)
    low = (rng.uniform(200, 255), rng.uniform(110, 200), rng.uniform(40, 140))
    high = tuple(
        np.array(low) * rng.uniform(0.3, 1) * (1, rng.uniform(0.5, 1), rng.uniform(0.7, 1))
    )
    sun = np.exp(-np.hypot(x - rng.uniform(-0.4, 0.4), y - rng.uniform(-0.3, 0.4)) / 0.25)
    sky = ramp(np.clip(y + 0.5 + 0.4 * fractal(rng, edge, 2) - 0.2, 0, 1), high, low)
    canvas = np.clip(sky + rng.uniform(0, 90) * sun[..., None], 0, 255).astype(np.uint8)
    wood = colour(rng, 5, 70)
    for _ in range(int(rng.integers(1, 4))):
        start = (edge * rng.uniform(0, 1), edge * 1.02)
        width = edge * rng.uniform(0.02, 0.07)
        for begin, end, thick in branches(rng, edge, start, -np.pi / 2, width, 0.9):
            cv2.line(canvas, begin, end, wood, thick, cv2.LINE_AA)
    if rng.random() < 0.4:
        canvas = np.rot90(canvas, int(rng.integers(4)))
    return finish(canvas, rng, 1.4)


def lightning(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A forked bolt in a dark sky with lit clouds."""
    y, _ = unit_square(edge)
    night = np.array([rng.uniform(20, 110), rng.uniform(15, 70), rng.uniform(40, 130)])
    canvas = (night * (fractal(rng, edge, 1.8) * (1.1 - y))[..., None]).astype(np.float32)
    bolt = np.zeros((edge, edge), np.uint8)
    for _ in range(int(rng.integers(1, 4))):
        start = (edge * rng.uniform(0.1, 0.9), -2)
        ways = branches(rng, edge, start, np.pi / 2, edge * rng.uniform(0.006, 0.02), 0.8)
        for begin, end, thick in ways:
            shake = [tuple(int(v + rng.integers(-2, 3)) for v in p) for p in (begin, end)]
            cv2.line(bolt, *shake, min(255, 90 + 60 * thick), thick, cv2.LINE_AA)
    soft = cv2.GaussianBlur(bolt, (0, 0), edge / 25).astype(np.float32)[..., None]
    canvas += soft * (night / night.max()) * rng.uniform(0.6, 2) + bolt[..., None]
    canvas[y > rng.uniform(0.3, 0.5)] *= 0.1
    return finish(canvas, rng, 1.0)


def night_lights(rng: np.random.Generator, edge: int) -> np.ndarray:
    """City lamps out of focus or afar: discs, stars and streaks of warm light on the dark."""
    y, x = unit_square(edge)
    canvas = np.ones((edge, edge, 3), np.float32) * np.array(colour(rng, 3, 45), np.float32)
    size, bent = rng.choice([0.006, 0.02, 0.05, 0.09]), rng.uniform(0, 0.3)
    hues = ((255, 170, 70), (255, 120, 50), (255, 225, 170), (255, 60, 50), (120, 190, 255))
    weights = rng.dirichlet((3, 2, 2, 1, 0.6))
    for _ in range(int(rng.integers(15, 30 + int(2 / size)))):
        cx, cy = int(rng.uniform(0, edge)), int(edge * (0.5 + rng.normal(0, 0.1 + bent)))
        radius = max(1, int(edge * size * rng.uniform(0.6, 1.3)))
        top, left, bottom, right = cy - radius, cx - radius, cy + radius + 1, cx + radius + 1
        box = np.s_[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
        inside = np.hypot(x[box] * edge - cx + edge / 2, y[box] * edge - cy + edge / 2) / radius
        rim = (inside < 1) * (0.7 + 0.3 * inside**4)
        hue = np.array(hues[rng.choice(5, p=weights)])
        canvas[box] += rim[..., None] * hue * rng.uniform(0.2, 1) * (1 + 2 * (size < 0.01))
    if rng.random() < 0.3:
        canvas += cv2.blur(canvas, (1, 2 * (edge // 8) + 1)) * rng.uniform(0.5, 1.5)
    return finish(canvas, rng, 1.4)
