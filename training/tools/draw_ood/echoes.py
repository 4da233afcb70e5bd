"""Painters of what is heard, not seen: ultrasound of other organs, radar, the ground by sound."""

import cv2
import numpy as np

from tools.draw_ood.drawing import (
    blend,
    ellipse,
    finish,
    fractal,
    grey_to_rgb,
    ramp,
    unit_square,
)


def radar(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A radar's round screen: rings, spokes, echoes, an afterglow behind the sweep."""
    y, x = unit_square(edge)
    distance, angle = np.hypot(x, y), np.arctan2(y, x)
    behind = np.mod(angle - rng.uniform(0, 2 * np.pi), 2 * np.pi) / (2 * np.pi)
    echoes = np.clip(fractal(rng, edge, rng.uniform(1, 1.8)) - rng.uniform(0.4, 0.7), 0, 1)
    glow = echoes * rng.uniform(1.5, 5) * behind**0.5 + 0.3 * behind**8
    rings = np.abs(np.mod(distance, rng.uniform(0.08, 0.15))) < 0.004
    glow = np.clip(glow + 0.5 * rings, 0, 1) * (distance < 0.48)
    inks = ((60, 255, 90), (255, 190, 60), (110, 200, 255))
    canvas = blend((0, 12, 4), inks[rng.integers(3)], glow)
    return finish(canvas, rng, 1.2, 5)


def speckle(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Multiplicative grain, wider than high, with a mean of about one."""
    grain = rng.rayleigh(0.8, (edge, edge)).astype(np.float32)
    grain = cv2.GaussianBlur(grain, (0, 0), rng.uniform(0.8, 2) * edge / 160, sigmaY=0.6)
    return 1 + (grain - 1) * rng.uniform(1, 1.8)


def organ(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Echoes of an unnamed organ: tissue, dark chambers with bright walls, shadows."""
    canvas = (rng.uniform(25, 80) + 110 * fractal(rng, edge, 1.7)).astype(np.float32)
    wall = rng.uniform(120, 240)
    for _ in range(int(rng.integers(1, 6))):
        at, size = rng.uniform(0.2, 0.8, 2) * edge, edge * rng.uniform(0.04, 0.2, 2)
        turn = np.random.default_rng(int(rng.integers(1 << 30)))
        state = turn.bit_generator.state
        ellipse(canvas, turn, at, size + edge * rng.uniform(0.008, 0.03), wall)
        turn.bit_generator.state = state
        ellipse(canvas, turn, at, size, rng.uniform(0, 45))
    for _ in range(int(rng.integers(0, 4))):
        at, reach = rng.uniform(0.2, 0.8, 2) * edge, int(edge * rng.uniform(0.05, 0.25))
        start, centre = float(rng.uniform(180, 300)), tuple(at.astype(int).tolist())
        cv2.ellipse(canvas, centre, (reach, reach), 0, start, start + 60, 230.0, edge // 60 + 1)
    canvas = cv2.GaussianBlur(canvas, (0, 0), edge * rng.uniform(0.004, 0.012))
    return canvas * speckle(rng, edge)


def sector(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A heart, belly or womb by a sector probe: a fan of grey echoes, depth marks, captions."""
    y, x = unit_square(edge)
    top, tilt = rng.uniform(-0.55, -0.42), rng.normal(0, 0.06)
    curved, wide = rng.uniform(0, 0.25), rng.uniform(0.45, 0.85)
    away, angle = np.hypot(x, y - top + curved), np.arctan2(x, y - top + curved) - tilt
    reach = rng.uniform(0.82, 0.98)
    inside = (np.abs(angle) < wide) & (away > curved + 0.02) & (away < curved + reach)
    rays = 1 + 0.15 * np.sin(angle * rng.uniform(40, 120)) * rng.random()
    shadow = 1 - rng.uniform(0, 0.9) * np.exp(-(((angle - rng.normal(0, 0.4)) / 0.08) ** 2))
    gain = np.clip(1.4 - rng.uniform(0.3, 1.2) * (away - curved), 0.1, 1.5)
    canvas = organ(rng, edge) * gain * rays * shadow + 120 * np.exp(-(away - curved) * 40)
    canvas = canvas * inside * rng.uniform(0.5, 1.1)
    if rng.random() < 0.3:
        tint = (rng.uniform(200, 255), rng.uniform(170, 230), rng.uniform(110, 200))
        image = finish(ramp(canvas / 255, (0, 0, 0), tint), rng, 0.7, 5)
    else:
        image = finish(canvas, rng, 0.7, 5)
    if rng.random() < 0.7:
        side = int(edge * rng.choice([0.03, 0.95]))
        for mark in range(0, edge, max(4, int(edge * rng.uniform(0.04, 0.1)))):
            cv2.line(image, (side, mark), (side + edge // 60 + 1, mark), (190, 190, 190), 1)
    for line in range(int(rng.integers(0, 5))):
        at = (int(edge * rng.choice([0.02, 0.75])), int(edge * (0.07 + 0.06 * line)))
        cv2.putText(image, "FR 47Hz", at, 0, edge / 700, (210, 210, 180), 1, cv2.LINE_AA)
    return image


def unborn(rng: np.random.Generator, edge: int) -> np.ndarray:
    """An unborn child by 3-D ultrasound: an amber relief of head, face and hands on black."""
    y, x = unit_square(edge)
    height = np.full((edge, edge), -0.2, np.float32)

    def ball(cx: float, cy: float, wide: float, tall: float, lift: float = 0.0) -> None:
        inside = 1 - ((x - cx) / wide) ** 2 - ((y - cy) / tall) ** 2
        np.maximum(height, np.sqrt(np.clip(inside, 0, 1)) * wide + lift - (inside < 0), out=height)

    size = rng.uniform(0.2, 0.3)
    ball(0, -0.1, size, size * rng.uniform(1.1, 1.3))
    ball(rng.normal(0, 0.1), 0.38, size * 1.2, size * 1.2, -0.1)
    ball(0, -0.06, size * 0.17, size * 0.25, size * 0.92)
    for side in (-1, 1):
        ball(side * size * 0.42, 0.0, size * 0.33, size * 0.3, size * 0.66)
        ball(side * size * 0.2, 0.1, size * 0.25, size * 0.06, size * 0.85)
        eye = np.hypot((x - side * size * 0.4) / 0.9, (y + 0.13) * 1.6) / (size * 0.22)
        height -= size * 0.2 * np.exp(-(eye**2)) * (height > 0)
    for _ in range(int(rng.integers(0, 9))):
        ball(*rng.normal((0.1, 0.1), 0.11), *rng.uniform(0.02, 0.07, 2), size * 0.8)
    height += rng.uniform(0.02, 0.12) * (fractal(rng, edge, 1.4) - 0.5) * (height > -0.1)
    height = cv2.GaussianBlur(height, (0, 0), edge * rng.uniform(0.008, 0.02))
    slope_y, slope_x = np.gradient(height * edge)
    sun = rng.uniform(0, 2 * np.pi)
    light = 0.55 + 0.35 * (np.cos(sun) * slope_x + np.sin(sun) * slope_y) + 0.8 * height
    light = light / (1 + 0.4 * np.hypot(slope_x, slope_y)) * (height > -0.05)
    amber = (rng.uniform(200, 240), rng.uniform(130, 165), rng.uniform(70, 110))
    canvas = ramp(light, (5, 2, 0), (110, 55, 25), amber, (255, 235, 200))
    turn = cv2.getRotationMatrix2D(
        (edge / 2, edge / 2), rng.uniform(-90, 90), rng.uniform(0.9, 1.4)
    )
    return finish(cv2.warpAffine(canvas, turn, (edge, edge)), rng, 1.3, 6)


def seismic(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Ground layers by sound: many fine bands that dip, fold and break, grey or red and blue."""
    y, x = unit_square(edge)
    fold = rng.uniform(0, 0.4) * fractal(rng, edge, 2.4) + rng.normal(0, 0.3) * x
    for _ in range(int(rng.integers(0, 4))):
        fold = fold + rng.normal(0, 0.05) * (x + rng.normal(0, 0.5) * y > rng.uniform(-0.4, 0.4))
    strata = cv2.GaussianBlur(
        rng.standard_normal((4 * edge, 1)), (0, 0), edge * rng.uniform(0.006, 0.02)
    )
    strata = strata[:, 0] / strata.std()
    wave = strata[np.clip((y + fold + 1.5) * edge * 1.2, 0, 4 * edge - 1).astype(int)]
    wave = wave * rng.uniform(0.3, 0.9) * (0.3 + 1.2 * fractal(rng, edge, 1.5))
    wave = wave + rng.normal(0, rng.uniform(0.05, 0.4), wave.shape)
    if rng.random() < 0.5:
        wave = np.where(y + fold < rng.uniform(-0.35, 0.1), 0.1 * wave - 0.8, wave)
    if rng.random() < 0.6:
        return grey_to_rgb(128 + 110 * wave)
    ends = rng.choice([0, 1])
    stops = (
        ((30, 50, 170), (245, 245, 245), (180, 30, 30)),
        ((0, 0, 0), (150, 95, 40), (255, 230, 150)),
    )
    return finish(ramp(0.5 + 0.45 * wave, *stops[ends]), rng, 0.7, 6)
