"""Painters of what is eaten: cut meat and fruit, seeds and grains, a dish from above."""

import cv2
import numpy as np

from tools.draw_ood.drawing import colour, ellipse, finish, fractal, ramp, unit_square


def meat(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Raw meat: red fibres, white marbling, a rim of fat, wet highlights."""
    y, x = unit_square(edge)
    turn, warp = rng.uniform(0, np.pi), fractal(rng, edge, 2)
    along = x * np.cos(turn) + y * np.sin(turn) + rng.uniform(0.05, 0.3) * warp
    fibres = np.sin(along * rng.uniform(80, 220) + 5 * fractal(rng, edge, 1.2))
    lean = (rng.uniform(130, 215), rng.uniform(25, 75), rng.uniform(30, 75))
    dark = tuple(np.array(lean) * rng.uniform(0.45, 0.75))
    canvas = ramp(0.5 + rng.uniform(0.05, 0.25) * fibres + 0.7 * (warp - 0.5), dark, lean)
    veins = np.abs(np.sin(rng.uniform(5, 16) * fractal(rng, edge, rng.uniform(1.5, 1.9))))
    fat = np.clip((rng.uniform(0.1, 0.6) * fractal(rng, edge, 1.5) - veins) * 9, 0, 1)
    reach = np.hypot(x, y * rng.uniform(0.8, 1.3)) + 0.15 * (warp - 0.5)
    rim = rng.uniform(0.3, 0.6)
    fat = np.maximum(fat, np.clip((reach - rim) * 25, 0, 1))
    tallow = np.array([rng.uniform(225, 250), rng.uniform(190, 232), rng.uniform(170, 215)])
    canvas += (tallow - canvas) * (fat * rng.uniform(0.6, 1))[..., None]
    wet = np.clip(fractal(rng, edge, 1.1) - rng.uniform(0.68, 0.9), 0, 1) * rng.uniform(0, 6)
    canvas = canvas + 200 * np.clip(wet, 0, 1)[..., None]
    canvas[reach > rim + rng.uniform(0.03, 0.12)] = np.array(colour(rng)) * rng.uniform(0.3, 1)
    return finish(canvas, rng, 1.3)


def sausage(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Slices of salami or ham sausage that overlap: round, pink to red, specked with fat."""
    canvas = np.full((edge, edge, 3), colour(rng, 40), np.float32)
    meat_tone = np.array([1, rng.uniform(0.25, 0.7), rng.uniform(0.25, 0.65)]) * rng.uniform(
        140, 240
    )
    skin, radius = meat_tone * rng.uniform(0.4, 0.9), int(edge * rng.uniform(0.16, 0.46))
    specks, grain = int(rng.integers(10, 140)), rng.uniform(0.015, 0.07)
    for _ in range(max(1, int(rng.uniform(0.3, 1.2) * (edge / radius) ** 2))):
        slice_, mask = np.zeros_like(canvas), np.zeros((edge, edge), np.uint8)
        at = tuple(int(v) for v in rng.normal(edge / 2, edge * 0.45 - radius * 0.7, 2))
        cv2.circle(canvas, (at[0] + 3, at[1] + 4), radius, (canvas.mean((0, 1)) * 0.4).tolist(), -1)
        cv2.circle(mask, at, radius, 1, -1)
        slice_[:] = meat_tone * rng.normal(1, 0.06)
        for _ in range(specks):
            spot = np.array(at) + rng.normal(0, 0.5, 2) * radius
            tone = (245, 225, 210) if rng.random() < 0.7 else meat_tone * rng.uniform(0.5, 0.9)
            size = radius * grain * rng.uniform(0.4, 1.6, 2)
            ellipse(slice_, rng, spot, size, tuple(float(v) for v in tone))
        cv2.circle(slice_, at, radius, skin.tolist(), max(1, radius // 14))
        canvas[mask > 0] = slice_[mask > 0]
    light = 0.7 + 0.6 * fractal(rng, edge, 1.7)
    return finish(canvas * light[..., None], rng, 1.2)


def citrus(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A cut orange, grapefruit, lemon or lime: rind, pith, segments with juicy fibres."""
    y, x = unit_square(edge)
    cx, cy, size = *rng.normal(0, 0.06, 2), rng.uniform(0.28, 0.62)
    angle, reach = np.arctan2(y - cy, x - cx), np.hypot(x - cx, y - cy) / size
    hues = ((250, 150, 30), (235, 85, 70), (245, 215, 70), (170, 200, 60), (160, 30, 40))
    pulp = np.clip(np.array(hues[rng.integers(5)]) + rng.normal(0, 15, 3), 0, 255)
    count, warp = int(rng.integers(8, 13)), 0.25 * (fractal(rng, edge, 2) - 0.5)
    part = np.mod((angle + warp) * count / (2 * np.pi) + rng.random(), 1) - 0.5
    wall = (0.5 - np.abs(part)) * reach * 2 * np.pi / count
    inside = np.minimum(np.minimum(wall - 0.02, reach - 0.08), 0.86 - reach)
    fibres = np.sin(reach * 25 + 9 * fractal(rng, edge, 1.1)) * np.cos(part * 20)
    flesh = pulp * (0.85 + 0.25 * fractal(rng, edge, 1.0) + 0.12 * fibres)[..., None]
    pith = np.array([rng.uniform(235, 255), rng.uniform(215, 245), rng.uniform(170, 220)])
    canvas = pith + (flesh - pith) * np.clip(inside * 40, 0, 1)[..., None]
    rind = np.clip((reach - 0.93) * 30, 0, 1)[..., None]
    canvas = canvas + (pulp * 0.9 - canvas) * rind
    canvas[reach > 1] = np.array(colour(rng)) * rng.uniform(0.3, 1)
    shine = np.clip(fractal(rng, edge, 1) - 0.75, 0, 1) * (reach < 0.86) * rng.uniform(0, 900)
    return finish(canvas + shine[..., None], rng, 1.3)


def cut_fruit(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A halved melon, fig, tomato or papaya: skin, flesh, a heart with rings of seeds."""
    y, x = unit_square(edge)
    long = rng.uniform(0.75, 1.3)
    angle, reach = np.arctan2(y, x * long), np.hypot(x * long, y) / rng.uniform(0.32, 0.6)
    reach = reach * (1 + rng.uniform(0, 0.25) * (fractal(rng, edge, 2.2) - 0.5))
    fruits = (
        ((225, 60, 60), (240, 110, 90), (235, 245, 200), (60, 110, 50), (35, 20, 15)),
        ((150, 40, 55), (215, 120, 110), (245, 230, 200), (75, 45, 85), (240, 215, 140)),
        ((210, 80, 40), (220, 50, 35), (225, 60, 40), (190, 30, 25), (240, 215, 120)),
        ((235, 110, 50), (250, 150, 60), (250, 170, 80), (200, 180, 60), (30, 28, 25)),
        ((250, 180, 90), (250, 165, 85), (245, 195, 120), (190, 175, 120), (245, 225, 165)),
    )
    heart, flesh, pale, skin, seed = np.array(fruits[rng.integers(5)]) + rng.normal(0, 12, (5, 3))
    level = reach + 0.12 * (fractal(rng, edge, 1.3) - 0.5)
    canvas = ramp(level, heart, heart * 0.95, flesh, flesh, pale)
    core, rays = rng.uniform(0.3, 0.6), int(rng.integers(2, 9))
    lobes = np.cos(angle * rays + 2 * fractal(rng, edge, 2)) * (1 - reach)
    canvas *= (1 + rng.uniform(0.05, 0.25) * lobes)[..., None]
    for _ in range(int(rng.integers(20, 160))):
        turn, far = rng.uniform(0, 2 * np.pi), core * rng.normal(1, 0.2) * edge * 0.4
        at = (edge / 2 + far * np.cos(turn) / long, edge / 2 + far * np.sin(turn))
        ellipse(canvas, rng, at, (edge * 0.016, edge * 0.009), tuple(seed.tolist()))
    canvas[reach > 0.96] = skin
    canvas[reach > 1] = np.array(colour(rng)) * rng.uniform(0.3, 1)
    return finish(canvas * (0.8 + 0.4 * fractal(rng, edge, 1.8))[..., None], rng, 1.4)


def berry(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Skin of fruit close by: a strawberry with its seeds, or the pores of an orange."""
    y, x = unit_square(edge)
    reach = np.hypot(x - rng.normal(0, 0.1), y - rng.normal(0, 0.1)) / rng.uniform(0.5, 1.0)
    straw = rng.random() < 0.6
    red, orange = (rng.uniform(170, 230), 30, 35), (245, rng.uniform(120, 170), 30)
    tone = np.array(red if straw else orange) * rng.uniform(0.8, 1.1)
    canvas = tone * (1.1 - 0.6 * reach**2 + 0.2 * fractal(rng, edge, 1.6))[..., None]
    canvas = canvas.astype(np.float32)
    pitch = edge * (rng.uniform(0.07, 0.16) if straw else rng.uniform(0.025, 0.05))
    half = max(1, int(pitch * (0.13 if straw else 0.22)))
    for row in range(int(edge / pitch * 1.3) + 2):
        for column in range(int(edge / pitch) + 2):
            at = np.array([column + 0.5 * (row % 2), row * 0.8]) * pitch
            cx, cy = (at + rng.normal(0, pitch * 0.12, 2)).astype(int).tolist()
            hollow = (half * 2, int(half * 2.8)) if straw else (half, half)
            cv2.ellipse(canvas, (cx, cy), hollow, 0, 0, 360, (tone * 0.72).tolist(), -1)
            if straw:
                seed = (225.0, rng.uniform(170, 210), 90.0)
                cv2.ellipse(canvas, (cx, cy), (half, int(half * 1.7)), 0, 0, 360, seed, -1)
            glint = np.clip(tone * 1.2 + 25, 0, 255).tolist()
            cv2.circle(canvas, (cx - half, cy - 2 * half), max(1, half // 2), glint, -1)
    shine = np.exp(-(((x + 0.2) ** 2 + (y + 0.2) ** 2) / rng.uniform(0.005, 0.06)))
    canvas += (rng.uniform(0, 170) * shine)[..., None]
    canvas[reach > 1.05] = np.array(colour(rng)) * 0.7
    return finish(np.rot90(canvas, int(rng.integers(4))), rng, 1.5)


def grains(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Rice, beans, peas, lentils or pebbles seen from above, heaped or strewn on a ground."""
    canvas = np.full((edge, edge, 3), np.array(colour(rng)) * rng.uniform(0.2, 1), np.float32)
    kinds = ((235, 225, 200), (125, 45, 35), (110, 150, 60), (215, 120, 50), (150, 145, 140))
    base, spread = np.array(kinds[rng.integers(5)]) + rng.normal(0, 18, 3), rng.uniform(3, 45)
    base = np.array(colour(rng, 60, 250)) if rng.random() < 0.25 else base
    long, size = rng.choice([1.0, rng.uniform(1.2, 3.2)]), rng.uniform(0.015, 0.06) * edge
    count = int(rng.choice([0.15, 0.6, 2.0]) * edge**2 / (size**2 * long * 3))
    tones = np.clip(base + rng.normal(0, spread, (count, 1)) + rng.normal(0, 8, (count, 3)), 0, 255)
    for tone in tones:
        at = tuple(int(v) for v in rng.uniform(0, edge, 2))
        axes = (max(2, int(size * long * rng.uniform(0.8, 1.2))), max(2, int(size)))
        turn = float(rng.uniform(0, 180))
        below = (at[0] + axes[1] // 3, at[1] + axes[1] // 3)
        cv2.ellipse(canvas, below, axes, turn, 0, 360, (tone * 0.3).tolist(), -1)
        cv2.ellipse(canvas, at, axes, turn, 0, 360, tone.tolist(), -1)
        half, lit = (axes[0] // 2, axes[1] // 2), np.clip(tone * 1.15 + 12, 0, 255).tolist()
        glint = (at[0] - axes[1] // 4, at[1] - axes[1] // 4)
        cv2.ellipse(canvas, glint, half, turn, 0, 360, lit, -1)
    return finish(canvas * (0.75 + 0.5 * fractal(rng, edge, 2))[..., None], rng, 1.3)


def pizza(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A pizza or a stew in a round dish: crust or rim, red sauce, cheese, slices, herbs."""
    y, x = unit_square(edge)
    reach = np.hypot(x, y) / rng.uniform(0.36, 0.55) * (1 + 0.06 * fractal(rng, edge, 1.8))
    sauce = (rng.uniform(160, 220), rng.uniform(50, 110), rng.uniform(20, 50))
    cheese = (rng.uniform(230, 255), rng.uniform(185, 225), rng.uniform(95, 160))
    melt = (fractal(rng, edge, rng.uniform(1.3, 1.8)) - 0.5) * rng.uniform(2, 6) + 0.5
    canvas = ramp(melt, sauce, cheese)
    tops = [(185, 45, 40), (35, 30, 35), (60, 115, 45), (235, 215, 170), (215, 70, 45)]
    for kind in rng.choice(5, int(rng.integers(1, 4)), replace=False):
        size = edge * rng.uniform(0.02, 0.09)
        for _ in range(int(rng.integers(4, 22))):
            at = rng.normal(0.5, 0.17, 2) * edge
            shape = size * rng.uniform(0.7, 1.1, 2)
            tone = np.clip(np.array(tops[kind]) + rng.normal(0, 12, 3), 0, 255)
            ellipse(canvas, rng, at, shape * 1.1, tuple((tone * 0.6).tolist()))
            ellipse(canvas, rng, at, shape, tuple(tone.tolist()))
            if kind == 1:
                ellipse(canvas, rng, at, shape * 0.4, tuple(sauce))
    scorch = fractal(rng, edge, 1.3)[..., None]
    crust = np.array([rng.uniform(190, 235), rng.uniform(140, 180), rng.uniform(80, 120)])
    edge_of = np.clip((reach - rng.uniform(0.82, 0.92)) * 20, 0, 1)[..., None]
    canvas = canvas + (crust * (1.2 - 0.7 * scorch) - canvas) * edge_of
    canvas[reach > 1] = np.array(colour(rng)) * rng.uniform(0.3, 1)
    canvas += 150 * np.clip(fractal(rng, edge, 1.0) - 0.8, 0, 1)[..., None] * rng.uniform(0, 4)
    return finish(canvas, rng, 1.4)
