"""Painters of what shines in the dark: candles, hot metal, lamps."""

import cv2
import numpy as np

from tools.draw_ood.drawing import (
    cells,
    finish,
    fractal,
    joints,
    ramp,
    unit_square,
)


def candles(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Candles or oil lamps in a dark room: drop-shaped flames, halos, lit wax."""
    y, x = unit_square(edge)
    room = np.array([rng.uniform(10, 70), rng.uniform(5, 35), rng.uniform(0, 30)])
    canvas = (room * fractal(rng, edge, 2)[..., None]).astype(np.float32)
    wax = np.array([rng.uniform(150, 250), rng.uniform(50, 220), rng.uniform(30, 170)])
    for _ in range(int(rng.choice([1, 1, 2, 3, 5, 9]))):
        cx, cy, size = rng.uniform(-0.42, 0.42), rng.uniform(-0.3, 0.25), rng.uniform(0.03, 0.12)
        away = np.hypot(x - cx, y - cy)
        glow = np.exp(-away / rng.uniform(0.08, 0.3))[..., None]
        canvas += glow * np.array((200.0, 95.0, 25.0)) * rng.uniform(0.4, 1)
        below = y - cy - size * 1.5
        stick = (np.abs(x - cx) < size * 0.8) & (below > 0)
        lit = np.clip(1.1 - below / rng.uniform(0.15, 0.6), 0.08, 1)
        canvas = np.where(stick[..., None], wax * lit[..., None], canvas)
        up = np.clip((y - cy + 2 * size) / (3.2 * size), 0, 1)
        width = size * 0.75 * np.sin(np.pi * up**1.6) + 1e-4
        flame = np.clip(1.3 - np.abs(x - cx) / width, 0, 1)
        hot = ramp(flame, (240, 120, 20), (255, 205, 80), (255, 250, 220))
        canvas = canvas + (hot - canvas) * np.clip(flame * 3, 0, 1)[..., None]
    return finish(canvas, rng, 1.8)


def embers(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Coals in a grate or crusted lava: dark lumps with red to yellow light between them."""
    distance, label = cells(rng, edge, int(rng.integers(10, 90)))
    bent = edge * rng.uniform(0.02, 0.08) * (np.stack([fractal(rng, edge, 1.7)] * 2) - 0.5)
    y, x = np.mgrid[0:edge, 0:edge].astype(np.float32)
    maps = ((x + bent[0]).astype(np.float32), (y - bent[1]).astype(np.float32))
    lumps = cv2.remap(label.astype(np.float32), *maps, cv2.INTER_NEAREST)
    gaps = cv2.remap(joints(label, edge // 60).astype(np.float32), *maps, cv2.INTER_LINEAR)
    near = cv2.GaussianBlur(gaps, (0, 0), edge * rng.uniform(0.008, 0.03))
    heat = near * rng.uniform(1.5, 3.5) * (0.1 + 1.4 * fractal(rng, edge, 1.6))
    if rng.random() < 0.5:
        lump = rng.uniform(0, 1, int(label.max()) + 1)[lumps.astype(int)] ** 2 * (1 - 0.8 * near)
        heat = np.maximum(lump * fractal(rng, edge, 1.3) * rng.uniform(0.8, 2), 0.6 * heat)
    ash = rng.uniform(0.02, 0.14) * fractal(rng, edge, 0.9) * (1 + distance / edge)
    crust = np.array([rng.uniform(120, 255), rng.uniform(110, 230), rng.uniform(100, 230)])
    stops = ((0, 0, 0), (120, 12, 0), (225, 60, 5), (255, 150, 30), (255, 235, 150))
    glowing = ramp(np.clip(heat, 0, 1), *stops)
    return finish(glowing + crust * (ash * rng.uniform(0.8, 3))[..., None], rng, 1.4)


def furnace(rng: np.random.Generator, edge: int) -> np.ndarray:
    """The mouth of a kiln or crucible: a blazing round or arched opening in a dark wall."""
    y, x = unit_square(edge)
    cx, cy, size = *rng.uniform(-0.15, 0.15, 2), rng.uniform(0.14, 0.4)
    wide = rng.uniform(0.7, 1.4)
    reach = np.hypot((x - cx) / wide, y - cy) / size
    if rng.random() < 0.5:
        arch = np.where(y < cy, reach, np.maximum(abs(x - cx) / wide, y - cy) / size)
        reach = arch
    deep = ramp(
        np.clip(1.25 - reach, 0, 1) * (0.6 + 0.8 * fractal(rng, edge, 1.5)) * rng.uniform(0.8, 1.8),
        (170, 35, 5),
        (245, 110, 20),
        (255, 200, 90),
        (255, 250, 225),
    )
    wall = np.array([rng.uniform(40, 120), rng.uniform(25, 80), rng.uniform(20, 75)])
    rough = 0.3 + fractal(rng, edge, rng.uniform(0.7, 1.5))
    lit = np.exp(-np.clip(reach - 1, 0, None) / rng.uniform(0.2, 1.2))
    outside = wall * (rough * 0.5)[..., None] + (lit * rough)[..., None] * (230, 90, 20)
    if rng.random() < 0.5:
        rows = np.mod(y * rng.uniform(8, 16), 1) < 0.12
        outside = outside * np.where(rows, 0.5, 1)[..., None]
    inside = np.clip((1 - reach) * edge / 6, 0, 1)[..., None]
    return finish(outside + (deep - outside) * inside, rng, 1.8)


def molten(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Molten metal or glass: a bright stream into a pool, sparks that fly from it."""
    y, x = unit_square(edge)
    level, cx = rng.uniform(-0.05, 0.35), rng.uniform(-0.25, 0.25)
    path = cx + rng.uniform(-0.3, 0.3) * (y - level) * (level - y + 0.3)
    stream = np.clip(1.4 - np.abs(x - path) / rng.uniform(0.015, 0.08), 0, 1) * (y < level)
    skin = fractal(rng, edge, rng.uniform(1.4, 2))
    pool = (y > level + 0.04 * np.sin(6 * x + rng.uniform(0, 6))) * np.clip(1.5 * skin, 0.15, 1)
    away = np.hypot(x - path, y - level)
    halo = rng.uniform(0.3, 0.7) * np.exp(-away / rng.uniform(0.05, 0.25))
    heat = np.maximum(np.maximum(stream, pool * rng.uniform(0.6, 1.1)), halo)
    stops = ((8, 5, 8), (120, 25, 8), (235, 90, 15), (255, 180, 60), (255, 248, 215))
    canvas = ramp(heat, *stops)
    count = int(rng.integers(0, 120))
    start = np.array([cx + 0.5, level + 0.5]) * edge
    for angle, far in zip(rng.uniform(-np.pi, 0, count), rng.gamma(2, 0.1, count), strict=True):
        way = np.array([np.cos(angle), np.sin(angle)]) * edge
        ends = start + way * far, start + way * (far + rng.uniform(0.01, 0.06))
        points = [tuple(p.astype(int).tolist()) for p in ends]
        cv2.line(canvas, *points, (255, rng.uniform(150, 240), 90), 1)
    return finish(canvas, rng, 1.6)


def cave(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A rock cave or a tunnel lit warmly from inside: rough walls about a dark or bright end."""
    y, x = unit_square(edge)
    cx, cy = rng.uniform(-0.2, 0.2, 2)
    angle, away = np.arctan2(y - cy, x - cx), np.hypot(x - cx, (y - cy) * rng.uniform(0.8, 1.4))
    away = away * (1 + rng.uniform(0.3, 1.2) * (fractal(rng, edge, 1.8) - 0.5))
    rock = fractal(rng, edge, rng.uniform(1.2, 1.6)).astype(np.float32)
    relief = np.gradient(rock, axis=int(rng.integers(2))).astype(np.float32)
    relief = relief / relief.std()
    around = np.mod(angle / (2 * np.pi) + 1, 1) * (edge - 1)
    along = np.log(away + 0.03) * edge * rng.uniform(0.15, 0.4)
    maps = (around.astype(np.float32), along.astype(np.float32))
    rock, relief = (cv2.remap(v, *maps, 1, borderMode=cv2.BORDER_WRAP) for v in (rock, relief))
    ledges = np.sin(along / edge * rng.uniform(20, 60) + 6 * rock)
    shade = 0.15 + 0.7 * rock + rng.uniform(0.03, 0.12) * relief + rng.uniform(0, 0.12) * ledges
    lamp = np.exp(-np.hypot(x - rng.uniform(-0.3, 0.3), y - rng.uniform(-0.3, 0.4)) / 0.35)
    dark, bright = (8, 4, 4), (rng.uniform(210, 255), rng.uniform(120, 200), rng.uniform(50, 140))
    light = rng.uniform(0.3, 0.6) + rng.uniform(0.7, 1.8) * lamp
    canvas = ramp(shade * light * np.clip(away * 5, 0.1, 1), dark, (115, 55, 30), bright)
    end = np.clip((rng.uniform(0.05, 0.2) - away) * 25, 0, 1)[..., None]
    goal = np.array((8.0, 5.0, 5.0) if rng.random() < 0.6 else (250.0, 235.0, 200.0))
    return finish(canvas + (goal - canvas) * end, rng, 1.5)
