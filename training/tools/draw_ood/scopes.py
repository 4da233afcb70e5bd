"""Painters of what scopes and lenses show close by: organs that are no colon, pipes, an eye."""

import cv2
import numpy as np

from tools.draw_ood.drawing import (
    blend,
    ellipse,
    finish,
    fractal,
    ramp,
    scope_field,
    unit_square,
)


def larynx(rng: np.random.Generator, edge: int) -> np.ndarray:
    """An endoscope above the voice box: two pale folds, a dark gap, the lid above it."""
    y, x = unit_square(edge)
    pink = np.array([rng.uniform(170, 235), rng.uniform(90, 140), rng.uniform(80, 125)])
    image = (pink * (0.7 + 0.5 * fractal(rng, edge, 1.7))[..., None]).astype(np.float32)
    cx, top, bottom = edge // 2, int(edge * 0.3), int(edge * rng.uniform(0.68, 0.8))
    spread = int(edge * rng.uniform(0.05, 0.16))
    for side in (-1, 1):
        ellipse(image, rng, (cx + side * edge * 0.22, bottom), (edge * 0.09,) * 2, pink.tolist())
        foot = (cx + side * spread, bottom)
        cv2.line(image, (cx, top), foot, (240.0, 225.0, 215.0), max(3, edge // 12))
    gap = np.array([[cx, top], [cx - spread, bottom], [cx + spread, bottom]], np.int32)
    cv2.fillPoly(image, [gap], (25.0, 10.0, 10.0))
    lid = (int(edge * 0.3), int(edge * rng.uniform(0.1, 0.18)))
    cv2.ellipse(image, (cx, top), lid, 0, 180, 360, (pink * 1.08).tolist(), max(4, edge // 14))
    image = cv2.GaussianBlur(image, (0, 0), edge / 80) * (1.25 - 1.4 * np.hypot(x, y))[..., None]
    if rng.random() < 0.7:
        image = image * (np.hypot(x, y) < rng.uniform(0.42, 0.5))[..., None]
    turn = cv2.getRotationMatrix2D((edge / 2, edge / 2), rng.normal(0, 15), 1)
    image = cv2.warpAffine(image, turn, (edge, edge), borderMode=cv2.BORDER_REFLECT)
    return finish(image, rng)


def nose(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A nasal cavity by endoscope: a pink wall, bulging turbinates, a dark passage, slime."""
    y, x = unit_square(edge)
    pink = np.array([rng.uniform(190, 245), rng.uniform(110, 165), rng.uniform(95, 150)])
    lean, bend = rng.normal(0, 0.3), 0.1 * (fractal(rng, edge, 2.2) - 0.5)
    across = x + lean * y + bend - rng.normal(0, 0.06)
    gap = rng.uniform(0.015, 0.06) * (1 + np.sin(rng.uniform(3, 7) * y + rng.uniform(0, 6)))
    depth = np.clip((np.abs(across) - gap) / rng.uniform(0.1, 0.35), 0, 1)
    image = ramp(depth**0.7, (25, 5, 8), tuple(pink * (0.75, 0.45, 0.45)), tuple(pink), tuple(pink))
    for side in rng.choice([-1, 1], int(rng.integers(1, 3)), replace=False):
        cx, cy = side * rng.uniform(0.15, 0.3), rng.uniform(-0.25, 0.25)
        bulge = np.hypot((x - cx) / rng.uniform(0.1, 0.2), (y - cy) / rng.uniform(0.2, 0.4))
        lump = ramp(1.05 - bulge, tuple(pink * 0.45), tuple(pink), (255, 205, 190))
        image += (lump - image) * np.clip((1 - bulge) * 8, 0, 1)[..., None]
    image *= (0.8 + 0.4 * fractal(rng, edge, 1.5))[..., None]
    wet = np.clip(fractal(rng, edge, 1.3) - rng.uniform(0.7, 0.85), 0, 1) * 6
    image += 160 * np.clip(wet, 0, 1)[..., None]
    image *= np.clip(1.3 - 1.3 * np.hypot(x, y), 0.1, 1.1)[..., None]
    return finish(scope_field(image, rng), rng, 1.5)


def arthroscope(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Inside a joint: white glossy cartilage above and below, a gap, frayed fibres, a probe."""
    y, x = unit_square(edge)
    white = np.array([rng.uniform(215, 250), rng.uniform(195, 240), rng.uniform(165, 230)])
    image = ramp(fractal(rng, edge, 1.8), (90, 45, 35), (190, 120, 95), (225, 185, 150))
    image *= np.float32(rng.uniform(0.25, 0.9))
    for side in (-1, 1):
        far = rng.uniform(0.5, 1.1)
        cx, cy = rng.normal(0, 0.15), side * (far + rng.uniform(0.0, 0.12))
        reach = np.hypot(x - cx, y - cy) / far + 0.03 * (fractal(rng, edge, 1.8) - 0.5)
        ball = ramp((1 - reach) * rng.uniform(3, 6), tuple(white * 0.5), tuple(white * 0.9), white)
        image += (ball - image) * np.clip((1 - reach) * 40, 0, 1)[..., None]
        if rng.random() < 0.6:
            glint = np.exp(-(((x - cx) / 0.12) ** 2 + ((y - side * 0.2) / 0.05) ** 2))
            image += (rng.uniform(40, 150) * glint)[..., None]
    image = image.astype(np.float32)
    for _ in range(int(rng.integers(0, 16))):
        start = rng.uniform(0.2, 0.8, 2) * edge
        end = start + rng.normal(0, edge * 0.05, 2)
        ends = tuple(start.astype(int).tolist()), tuple(end.astype(int).tolist())
        cv2.line(image, *ends, tuple((white * 0.97).tolist()), max(1, edge // 120))
    if rng.random() < 0.5:
        tip = tuple((rng.uniform(0.35, 0.65, 2) * edge).astype(int).tolist())
        foot = (edge if rng.random() < 0.5 else 0, int(rng.uniform(0.4, 1) * edge))
        cv2.line(image, foot, tip, (120.0, 125.0, 130.0), max(3, edge // 22))
        cv2.line(image, foot, tip, (215.0, 220.0, 225.0), max(1, edge // 60))
    image *= np.clip(1.25 - np.hypot(x, y), 0.2, 1)[..., None]
    turn = cv2.getRotationMatrix2D((edge / 2, edge / 2), rng.uniform(0, 360), 1.4)
    image = cv2.warpAffine(image, turn, (edge, edge), borderMode=cv2.BORDER_REFLECT)
    return finish(scope_field(image, rng), rng, 1.4)


def borescope(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Inside a pipe: metal or clay walls to a dark end, seams, rust, water along the bottom."""
    y, x = unit_square(edge)
    cx, cy = rng.normal(0, 0.08, 2)
    angle, away = np.arctan2(y - cy, x - cx), np.hypot(x - cx, y - cy) + 1e-3
    depth, period = rng.uniform(0.1, 0.25) / away, rng.uniform(0.3, 1.2)
    metal = np.array([rng.uniform(120, 220), rng.uniform(105, 200), rng.uniform(80, 200)])
    shine = 0.8 + 0.35 * np.cos(angle * rng.integers(1, 5) + rng.uniform(0, 6))
    groove = 1 - 0.5 * (np.mod(depth + rng.random(), period) < 0.06 * period * rng.uniform(1, 3))
    swirl = 1 + 0.06 * np.sin(angle * rng.integers(20, 70) + depth * rng.uniform(0, 5))
    rough = 0.8 + 0.4 * fractal(rng, edge, rng.uniform(0.6, 1.4))
    image = metal * (shine * groove * swirl * rough * np.clip(away * 3.4, 0.02, 1.2))[..., None]
    patches = np.clip((fractal(rng, edge, 1.5) - rng.uniform(0.4, 0.9)) * 8, 0, 0.8)[..., None]
    light = np.clip(away * 3, 0.02, 1)[..., None]
    image = image + (np.array((150, 75, 35)) * light - image) * patches
    if rng.random() < 0.4:
        low = np.abs(angle - np.pi / 2) < rng.uniform(0.2, 0.7)
        image[low] = image[low] * 0.5 + np.array((40, 45, 35)) * light[low]
    if rng.random() < 0.5:
        seam = np.abs(np.mod(angle - rng.uniform(0, 6), 2 * np.pi)) < 0.05
        image[seam] *= rng.uniform(0.4, 1.4)
    return finish(scope_field(image, rng), rng, 1.3)


def lips(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Lips close by: two creased red bows in skin, shut or parted over teeth."""
    y, x = unit_square(edge)
    skin = tuple(np.array((240, 190, 160)) * rng.uniform(0.35, 1) * rng.uniform(0.9, 1.1, 3))
    canvas = blend(tuple(np.array(skin) * 0.8), skin, fractal(rng, edge, 1.5))
    red = np.array([1, rng.uniform(0.25, 0.6), rng.uniform(0.3, 0.65)]) * rng.uniform(140, 230)
    wide, tall = rng.uniform(0.3, 0.6), rng.uniform(0.1, 0.24)
    open_, bow = rng.choice([0.004, rng.uniform(0.02, 0.12)]), rng.uniform(0.1, 0.4)
    taper = np.sqrt(np.clip(1 - (x / wide) ** 2, 0, 1))
    dip = 1 - bow * np.exp(-((x / 0.06) ** 2))
    outer = np.where(y < 0, tall * 0.8 * dip, tall) * taper
    creases = np.sin(x * rng.uniform(90, 200) + 8 * fractal(rng, edge, 1.6))
    round_ = np.sin(np.pi * np.clip(np.abs(y) / (outer + 1e-4), 0, 1))
    flesh = red * (0.6 + 0.5 * round_ + rng.uniform(0.02, 0.1) * creases)[..., None]
    flesh += rng.uniform(0, 130) * (round_**8 * (fractal(rng, edge, 1.2) > 0.6))[..., None]
    canvas += (flesh - canvas) * np.clip((outer - np.abs(y)) * edge / 3, 0, 1)[..., None]
    hole = np.clip((open_ * taper**2 - np.abs(y)) * edge / 2, 0, 1)[..., None]
    gaps = np.abs(np.sin(x * rng.uniform(20, 35))) > 0.15
    tooth = (gaps & (y < open_ * 0.4) & (open_ > 0.02))[..., None]
    canvas += (np.where(tooth, (235, 225, 205), (50, 12, 15)) - canvas) * hole
    turn = cv2.getRotationMatrix2D((edge / 2, edge / 2), rng.normal(0, 25), rng.uniform(0.9, 1.5))
    canvas = cv2.warpAffine(canvas, turn, (edge, edge), borderMode=cv2.BORDER_REFLECT)
    return finish(canvas * (0.75 + 0.4 * fractal(rng, edge, 2.2))[..., None], rng, 1.6)
