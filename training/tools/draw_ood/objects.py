"""Painters of single things and of many of a kind: stars, coins, a plate, a circuit board."""

from itertools import pairwise

import cv2
import numpy as np

from tools.draw_ood.drawing import blend, colour, ellipse, finish, fractal


def stars(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A night sky: points of all brightnesses with spikes or a halo, galaxies, some haze."""
    haze = np.clip(fractal(rng, edge, 1.8) - rng.uniform(0.3, 0.8), 0, 1)
    canvas = blend((4, 4, 8), colour(rng, 40, 180), haze)
    count, spiked = int(rng.integers(60, 500)), rng.choice([8, 40, np.inf])
    for (x, y), bright in zip(
        rng.uniform(0, edge, (count, 2)), rng.pareto(1.2, count), strict=True
    ):
        light = np.clip(np.array([60, 60, 60]) * (0.4 + bright) * rng.uniform(0.7, 1.1, 3), 0, 255)
        at, size = (int(x), int(y)), int(min(bright * 0.15, edge / 60))
        cv2.circle(canvas, at, size, light.tolist(), -1, cv2.LINE_AA)
        if bright > spiked:
            reach = int(min(edge * 0.08, bright))
            cv2.line(canvas, (at[0] - reach, at[1]), (at[0] + reach, at[1]), light.tolist(), 1)
            cv2.line(canvas, (at[0], at[1] - reach), (at[0], at[1] + reach), light.tolist(), 1)
    for _ in range(int(rng.integers(0, 8))):
        spot = np.zeros_like(canvas)
        size = edge * rng.uniform(0.008, 0.04)
        ellipse(spot, rng, rng.uniform(0, edge, 2), (size, size * 0.35), colour(rng, 90))
        canvas += cv2.GaussianBlur(spot, (0, 0), edge / 150)
    return finish(canvas, rng, 0.9, 5)


def coins(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Coins, buttons or pills on a table: embossed discs with a rim and a shadow."""
    table = np.array(colour(rng)) * (0.75 + 0.5 * fractal(rng, edge, 1.3))[..., None]
    canvas = np.clip(table, 0, 255).astype(np.uint8)
    size = edge * rng.uniform(0.05, 0.16)
    for _ in range(int(rng.integers(2, 26))):
        radius = max(4, int(size * rng.uniform(0.7, 1.3)))
        x, y = (int(v) for v in rng.uniform(0, edge, 2))
        metals = ((200, 200, 205), (205, 165, 80), (180, 110, 70), colour(rng, 60))
        metal = np.array(metals[rng.integers(4)], float) * rng.uniform(0.6, 1.1)
        cv2.circle(canvas, (x + radius // 6, y + radius // 6), radius, (25.0, 25.0, 25.0), -1)
        for share, tone in ((1.0, 1.1), (0.88, 0.75), (0.84, 1.0)):
            paint = np.clip(metal * tone, 0, 255).tolist()
            cv2.circle(canvas, (x, y), int(radius * share), paint, -1, cv2.LINE_AA)
        ink, digit = (metal * 0.6).astype(int).tolist(), str(rng.integers(1, 100))
        start = (x - radius // 2, y + radius // 3)
        cv2.putText(canvas, digit, start, 0, radius / 22, ink, max(1, radius // 14), cv2.LINE_AA)
    return finish(canvas, rng)


def plate(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Food on a plate on a table."""
    canvas = np.full((edge, edge, 3), colour(rng, 20), np.float32)
    centre = tuple(int(v) for v in edge * rng.uniform(0.42, 0.58, 2))
    radius = edge * rng.uniform(0.34, 0.48)
    china = np.array(colour(rng, 190), float)
    for share, tone in ((1.0, 0.95), (0.74, 0.82), (0.7, 1.0)):
        size = (int(radius * share), int(radius * share * rng.uniform(0.95, 1)))
        cv2.ellipse(canvas, centre, size, 0, 0, 360, (china * tone).tolist(), -1, cv2.LINE_AA)
    for _ in range(int(rng.integers(2, 6))):
        food, bit = np.array(colour(rng, 30, 235), float), edge * rng.uniform(0.015, 0.1)
        heap = np.array(centre) + rng.normal(0, radius * 0.25, 2)
        for _ in range(int(rng.integers(1, 45))):
            at = heap + rng.normal(0, radius * 0.14, 2)
            tone = np.clip(food * rng.normal(1, 0.12), 0, 255)
            ellipse(canvas, rng, at, bit * rng.uniform(0.5, 1.2, 2), tone.tolist())
            ellipse(
                canvas,
                rng,
                at - bit * 0.2,
                (bit * 0.25,) * 2,
                np.clip(tone * 1.25, 0, 255).tolist(),
            )
    if rng.random() < 0.5:
        side = int(edge * rng.choice([0.04, 0.95]))
        cv2.line(canvas, (side, 0), (side, edge), (200.0, 200.0, 205.0), edge // 30)
    return finish(canvas * (0.75 + 0.5 * fractal(rng, edge, 1.6))[..., None], rng, 1.6)


def circuit(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A circuit board: tracks at right angles, pads, chips with legs, print."""
    board = np.array(((20, 90, 50), (20, 50, 110), (30, 30, 32), (120, 30, 30))[rng.integers(4)])
    canvas = np.full((edge, edge, 3), tuple(int(v) for v in board), np.uint8)
    track, step = tuple(int(v) for v in board * 1.6), max(3, edge // 32)
    for _ in range(int(rng.integers(20, 90))):
        x, y = (int(v) * step for v in rng.integers(0, 33, 2))
        reach = (int(v) * step for v in rng.integers(-10, 11, 2))
        bend, end = (x + next(reach), y), next(reach)
        cv2.line(canvas, (x, y), bend, track, max(1, step // 4))
        cv2.line(canvas, bend, (bend[0], y + end), track, max(1, step // 4))
        cv2.circle(canvas, (bend[0], y + end), max(1, step // 2), (200, 180, 110), -1)
    for _ in range(int(rng.integers(1, 9))):
        x, y = (int(v) * step for v in rng.integers(0, 28, 2))
        w, h = (int(v) * step for v in rng.integers(2, 10, 2))
        for leg in range(0, w, step):
            cv2.line(canvas, (x + leg, y - step), (x + leg, y + h + step), (205, 205, 210), 1)
        body = colour(rng, 10, 60) if rng.random() < 0.7 else colour(rng, 60)
        cv2.rectangle(canvas, (x, y), (x + w, y + h), body, -1)
        cv2.putText(canvas, f"U{x}", (x, y + h // 2), 0, edge / 800, (210, 210, 210), 1)
    return finish(canvas, rng)


def wing(rng: np.random.Generator, edge: int) -> np.ndarray:
    """An insect's wing: long veins from one root, cross veins, clear cells between."""
    back, tone = colour(rng, 170), colour(rng, 30, 130)
    canvas = np.full((edge, edge, 3), back, np.uint8)
    shape = (int(edge * rng.uniform(0.4, 0.55)), int(edge * rng.uniform(0.16, 0.26)))
    centre = (edge // 2, edge // 2)
    mask = np.zeros((edge, edge), np.uint8)
    cv2.ellipse(mask, centre, shape, 0, 0, 360, 255, -1)
    membrane = tuple(int(v * rng.uniform(0.8, 1)) for v in back)
    canvas[mask > 0] = membrane
    t, veins = np.linspace(0, 1, 40), int(rng.integers(4, 9))
    rows = []
    for i in range(veins):
        end = (i / (veins - 1) - 0.5) * 2
        bow = shape[1] * end * np.sin(np.pi * np.clip(t * 0.8, 0, 1)) * rng.uniform(0.85, 1)
        path = np.stack((centre[0] - shape[0] + 2 * shape[0] * t, centre[1] + bow), axis=1)
        rows.append(path)
        cv2.polylines(canvas, [path.astype(np.int32)], False, tone, int(rng.integers(1, 3)))
    for upper, lower in pairwise(rows):
        for at in rng.integers(8, 39, int(rng.integers(3, 14))):
            ends = upper[at].astype(int).tolist(), lower[min(39, at + 1)].astype(int).tolist()
            cv2.line(canvas, tuple(ends[0]), tuple(ends[1]), tone, 1, cv2.LINE_AA)
    cv2.ellipse(canvas, centre, shape, 0, 0, 360, tone, int(rng.integers(1, 4)), cv2.LINE_AA)
    turn = cv2.getRotationMatrix2D(centre, rng.uniform(0, 360), rng.uniform(0.9, 1.6))
    return finish(cv2.warpAffine(canvas, turn, (edge, edge), borderValue=back), rng)
