"""Painters of living things close by and of what branches in nature."""

import cv2
import numpy as np

from tools.draw_ood.drawing import (
    branches,
    colour,
    ellipse,
    finish,
    fractal,
    ramp,
    unit_square,
)


def flower(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A blossom that fills the picture: rings of veined petals about a dotted heart."""
    y, x = unit_square(edge)
    canvas = np.array(colour(rng, 10, 120)) * (0.5 + fractal(rng, edge, 1.8))[..., None]
    x, y = x - rng.normal(0, 0.08), y - rng.normal(0, 0.08)
    hue = np.array([rng.uniform(190, 255), rng.uniform(30, 200), rng.uniform(40, 220)])
    inner = np.clip(hue * rng.uniform(0.5, 1.3, 3), 0, 255)
    count, far = int(rng.integers(4, 14)), rng.uniform(0.35, 0.75)
    angle, reach = np.arctan2(y, x), np.hypot(x, y) * (1 + 0.15 * (fractal(rng, edge, 2) - 0.5))
    for ring in range(int(rng.integers(1, 6))):
        part = np.mod(angle * count / (2 * np.pi) + 0.5 * ring + rng.normal(0, 0.1), 1) - 0.5
        long = far * 0.8**ring
        edge_at = long * (1 - rng.uniform(0.5, 1.5) * np.abs(part) ** 2)
        inside = np.clip((edge_at - reach) * edge / 2, 0, 1)[..., None]
        veins = 1 + 0.08 * np.sin(part * rng.uniform(30, 80))
        fold = (0.72 + 0.35 * np.cos(part * np.pi)) * veins
        petal = (
            ramp(reach / long, inner, hue, hue) * (fold * (0.6 + 0.45 * reach / long))[..., None]
        )
        canvas = canvas + (petal - canvas) * inside
    canvas, heart = canvas.astype(np.float32), rng.uniform(0.03, 0.14)
    middle = edge / 2 + np.array([-x[0, 0] - 0.5, -y[0, 0] - 0.5]) * edge
    pollen = np.array([rng.uniform(150, 255), rng.uniform(90, 220), rng.uniform(10, 90)])
    for at in rng.normal(0, heart * edge * 0.6, (int(rng.integers(20, 120)), 2)):
        dot = tuple((middle + at).astype(int).tolist())
        tone = np.clip(pollen * rng.uniform(0.6, 1.1), 0, 255).tolist()
        cv2.circle(canvas, dot, max(1, edge // 90), tone, -1)
    return finish(canvas, rng, 2)


def anemone(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A sea anemone or coral under water: many soft tentacles or polyps with bright tips."""
    water = np.array([rng.uniform(5, 90), rng.uniform(20, 90), rng.uniform(40, 120)])
    canvas = (water * (0.5 + fractal(rng, edge, 1.8))[..., None]).astype(np.float32)
    body = np.array([rng.uniform(150, 245), rng.uniform(50, 160), rng.uniform(50, 160)])
    tip = np.clip(body * rng.uniform(1.0, 1.6) + rng.normal(0, 30, 3), 0, 255)
    thick, polyps = edge * rng.uniform(0.012, 0.035), rng.random() < 0.4
    middle, t = rng.uniform(0.35, 0.65, 2) * edge, np.linspace(0, 1, 9)[:, None]
    count = int(rng.integers(60, 220))
    for depth in np.sort(rng.random(count)):
        shade = 0.4 + 0.6 * depth
        if polyps:
            at, radius = rng.uniform(0, edge, 2), thick * rng.uniform(1, 2.5)
            ellipse(canvas, rng, at, (radius, radius), tuple((body * shade * 0.7).tolist()))
            ellipse(canvas, rng, at, (radius * 0.7,) * 2, tuple((tip * shade).tolist()))
            ellipse(canvas, rng, at, (radius * 0.25,) * 2, tuple((body * shade * 0.4).tolist()))
            continue
        angle, long = rng.uniform(0, 2 * np.pi), edge * rng.uniform(0.15, 0.5)
        way = np.array([np.cos(angle), np.sin(angle)])
        curl = np.array([-way[1], way[0]]) * rng.normal(0, 0.35)
        path = (middle + way * long * (1.2 - depth) + long * (t * way + t**2 * curl)).astype(int)
        tone = (body * shade).tolist()
        cv2.polylines(canvas, [path.astype(np.int32)], False, tone, max(1, int(thick)))
        end = tuple(path[-1].tolist())
        cv2.circle(canvas, end, max(1, int(thick * 0.8)), (tip * shade).tolist(), -1)
    return finish(canvas, rng, 1.8)


def jellyfish(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Glowing bells with trailing threads in dark water."""
    water = np.array(colour(rng, 0, 30)) + np.array([0, 5, rng.uniform(10, 70)])
    canvas = np.ones((edge, edge, 3), np.float32) * water.astype(np.float32)
    for _ in range(int(rng.choice([1, 1, 2, 4, 8]))):
        hue = np.array(colour(rng, 80)) * rng.uniform(0.5, 1)
        layer, size = np.zeros_like(canvas), edge * rng.uniform(0.08, 0.25)
        at = rng.uniform(0.15, 0.85, 2) * edge
        lean, t = rng.normal(0, 0.5), np.linspace(0, 1, 14)
        for start in rng.uniform(-0.8, 0.8, int(rng.integers(6, 24))):
            sway = 0.15 * np.sin(t * rng.uniform(4, 12) + rng.uniform(0, 6))
            side, down = (start * (1 - 0.4 * t) + sway) * size, t * size * rng.uniform(1.5, 4)
            path = np.stack((at[0] + side + lean * down, at[1] + down), 1).astype(np.int32)
            tone = (hue * rng.uniform(0.3, 0.8)).tolist()
            cv2.polylines(layer, [path], False, tone, int(rng.integers(1, 2 + edge // 80)))
        centre, turn = tuple(at.astype(int).tolist()), float(-np.degrees(lean))
        for step in np.linspace(0, 1, 7):
            axes = tuple(max(1, int(size * (1 - 0.75 * step) * v)) for v in (1, 0.85))
            light = (hue * (0.9 - 0.5 * np.sin(np.pi * step))).tolist()
            cv2.ellipse(layer, centre, axes, turn, 180, 360, light, -1)
        canvas = np.maximum(canvas, layer) + 0.15 * cv2.GaussianBlur(layer, (0, 0), edge / 20)
    return finish(canvas, rng, 2)


def delta(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A river delta from above, or roots in soil: channels that part over a plain ground."""
    ground = np.array([rng.uniform(80, 220), rng.uniform(60, 170), rng.uniform(30, 130)])
    canvas = ground * (0.6 + 0.6 * fractal(rng, edge, rng.uniform(1.2, 2)))[..., None]
    ink = colour(rng, 20, 90) if rng.random() < 0.6 else colour(rng, 190)
    mask, origin = np.zeros((edge, edge), np.uint8), rng.uniform(0.2, 0.8)
    for _ in range(int(rng.integers(1, 5))):
        width = edge * rng.uniform(0.01, 0.045)
        start = (edge * (origin + rng.normal(0, 0.1)), -2)
        for begin, end, thick in branches(rng, edge, start, np.pi / 2, width, 1.0):
            cv2.line(mask, begin, end, 255, thick, cv2.LINE_AA)
    near = cv2.GaussianBlur(mask, (0, 0), edge / 30).astype(np.float32)[..., None] / 255
    bank = np.array(colour(rng, 40, 200))
    canvas = canvas + (bank - canvas) * np.clip(near * rng.uniform(0, 2.5), 0, 0.8)
    canvas = canvas + (np.array(ink) - canvas) * (mask / 255.0)[..., None]
    return finish(np.rot90(canvas, int(rng.integers(4))), rng, 1.2)
