"""Painters of materials that fill the picture."""

import cv2
import numpy as np

from tools.draw_ood.drawing import blend, colour, finish, fractal, unit_square


def brickwork(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Courses of bricks or tiles with joints."""
    canvas = np.full((edge, edge, 3), colour(rng, 60), np.uint8)
    base, height = np.array(colour(rng, 40, 220)), int(edge * rng.uniform(0.05, 0.2))
    width = int(height * rng.uniform(1, 3))
    for row, y in enumerate(range(0, edge, height)):
        for x in range(-(row % 2) * width // 2, edge, width):
            shade = tuple(int(v) for v in np.clip(base + rng.normal(0, 18), 0, 255))
            cv2.rectangle(canvas, (x + 2, y + 2), (x + width - 2, y + height - 2), shade, -1)
    image = canvas * (0.6 + 0.7 * fractal(rng, edge, 1.1))[..., None]
    return np.clip(image + rng.normal(0, rng.uniform(0, 9), image.shape), 0, 255).astype(np.uint8)


def foliage(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Grass, needles or hair: many thin bent strokes in related colours."""
    base = np.array(colour(rng, 20, 200))
    canvas = np.full((edge, edge, 3), tuple(int(v * 0.5) for v in base), np.uint8)
    lean, spread = rng.uniform(0, 2 * np.pi), rng.uniform(0.1, 1.5)
    for _ in range(rng.integers(150, 600)):
        at, angle = rng.uniform(0, edge, 2), lean + rng.normal(0, spread)
        length = edge * rng.uniform(0.05, 0.3)
        t = np.linspace(0, 1, 8)[:, None]
        bend = np.array([-np.sin(angle), np.cos(angle)]) * rng.normal(0, 0.3)
        path = at + length * (t * np.array([np.cos(angle), np.sin(angle)]) + t**2 * bend)
        ink = tuple(
            int(v) for v in np.clip(base + rng.normal(0, 35) + rng.normal(0, 12, 3), 0, 255)
        )
        cv2.polylines(canvas, [path.astype(np.int32)], False, ink, int(rng.integers(1, 4)))
    return cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.4, 1.5))


def mosaic(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Nearest-seed cells in mixed colours: stained glass, cracked ground, giraffe."""
    seeds = rng.uniform(0, edge, (int(rng.integers(8, 80)), 2))
    y, x = np.mgrid[0:edge, 0:edge]
    distance = np.hypot(x[..., None] - seeds[:, 0], y[..., None] - seeds[:, 1])
    nearest = np.sort(np.partition(distance, 1, axis=2)[..., :2], axis=2)
    base = np.array(colour(rng))
    paints = np.clip(base + rng.normal(0, rng.uniform(5, 90), (len(seeds), 3)), 0, 255)
    image = paints[distance.argmin(axis=2)]
    joints = nearest[..., 1] - nearest[..., 0] < rng.uniform(0, 6)
    image[joints] = colour(rng)
    return np.clip(image + rng.normal(0, rng.uniform(0, 9), image.shape), 0, 255).astype(np.uint8)


def wood(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Boards or a cut trunk: stretched grain, knots, rings."""
    y, x = unit_square(edge)
    warp = rng.uniform(0.02, 0.15) * fractal(rng, edge, 2.2)
    if rng.random() < 0.3:
        rings = np.hypot(x - rng.uniform(-0.3, 0.3), y - rng.uniform(-0.3, 0.3)) + warp
    else:
        knot = np.exp(
            -((x - rng.uniform(-0.4, 0.4)) ** 2 + (y / 3) ** 2) / rng.uniform(0.002, 0.02)
        )
        rings = x + warp + rng.uniform(0, 0.06) * knot
    grain = 0.5 + 0.5 * np.sin(rings * rng.uniform(60, 220))
    fibre = cv2.resize(rng.random((edge // 8, edge)).astype(np.float32), (edge, edge))
    brown = np.array([rng.uniform(110, 225), rng.uniform(70, 170), rng.uniform(30, 110)])
    canvas = blend(tuple(brown * 0.6), tuple(brown), np.clip(0.7 * grain + 0.4 * fibre, 0, 1))
    for board in range(int(rng.integers(0, 5))):
        column = int(edge * (board + 0.7) / 5)
        canvas[:, column : column + 2] *= 0.4
    return finish(np.rot90(canvas, int(rng.integers(2))), rng)


def sand(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Water, sand or gravel: small waves or grains under a slanting light."""
    kind = rng.integers(3)
    y, _ = unit_square(edge)
    if kind == 0:
        waves = y * rng.uniform(40, 120) + rng.uniform(4, 14) * fractal(rng, edge, 1.8)
        height = np.sin(waves) * rng.uniform(0.3, 1)
        tone = (rng.uniform(10, 90), rng.uniform(70, 160), rng.uniform(110, 220))
    elif kind == 1:
        height = np.sin(y * rng.uniform(30, 90) + rng.uniform(2, 9) * fractal(rng, edge, 2.1))
        tone = (rng.uniform(180, 235), rng.uniform(150, 200), rng.uniform(95, 160))
    else:
        height = 4 * fractal(rng, edge, rng.uniform(0.4, 0.9)) - 2
        tone = (rng.uniform(90, 210),) * 3
    light = 1 + 0.45 * height + rng.normal(0, rng.uniform(0.02, 0.15), height.shape)
    canvas = np.array(tone) * light[..., None]
    if kind == 0:
        canvas[height > rng.uniform(0.5, 0.95)] += 70
    return finish(np.rot90(canvas, int(rng.integers(4))), rng)


def cloth(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A printed or checked cloth that lies in folds."""
    y, x = unit_square(edge)
    fold = fractal(rng, edge, 2.3)
    first, second = np.array(colour(rng)), np.array(colour(rng))
    bent_x, bent_y = x + 0.12 * fold, y + 0.12 * fold
    often, kind = rng.uniform(15, 70), rng.integers(3)
    if kind == 0:
        print_ = (np.sin(often * bent_x) > 0) * 0.5 + (np.sin(often * bent_y) > 0) * 0.5
    elif kind == 1:
        print_ = (np.sin(often * bent_x) * np.sin(often * bent_y) > rng.uniform(0.2, 0.7)) * 1.0
    else:
        print_ = np.zeros((edge, edge))
    shade = 0.6 + 0.4 * np.sin(fold * rng.uniform(6, 20) + x * rng.uniform(-5, 5))
    threads = 1 + 0.08 * np.sin(np.pi * np.arange(edge) * 0.9)
    canvas = blend(tuple(first), tuple(second), print_) * (shade * threads)[..., None]
    return finish(canvas, rng)


def foam(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Bubbles of all sizes on a liquid: bright rims, a highlight in each."""
    liquid = np.array(colour(rng, 40, 230), float)
    canvas = np.ones((edge, edge, 3), np.float32) * liquid.astype(np.float32)
    scale = rng.uniform(0.02, 0.06)
    sizes = np.sort(edge * scale * (0.4 + rng.gamma(1.5, 0.7, int(rng.integers(80, 350)))))
    rim = np.clip(liquid + rng.uniform(40, 120), 0, 255)
    film = np.clip(liquid * rng.uniform(0.6, 1.1), 0, 255)
    for size in sizes[::-1]:
        x, y = (int(v) for v in rng.uniform(0, edge, 2))
        radius = max(2, int(size))
        cv2.circle(canvas, (x, y), radius, film.tolist(), -1, cv2.LINE_AA)
        cv2.circle(canvas, (x, y), radius, rim.tolist(), max(1, radius // 8), cv2.LINE_AA)
        glint = (x - radius // 3, y - radius // 3)
        cv2.circle(canvas, glint, max(1, radius // 6), (250.0, 250.0, 250.0), -1, cv2.LINE_AA)
    return finish(canvas * (0.8 + 0.4 * fractal(rng, edge, 1.8))[..., None], rng)


def scales(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A fish's or snake's skin: overlapping rounded plates in offset rows."""
    base = np.array(colour(rng, 60, 220), float)
    canvas = np.zeros((edge, edge, 3), np.float32)
    pitch = edge * rng.uniform(0.05, 0.16)
    radius = (max(2, int(pitch * 0.62)), max(2, int(pitch * rng.uniform(0.6, 0.9))))
    rows = int(edge / (pitch * 0.5)) + 3
    for row in range(rows, -2, -1):
        for column in range(-1, int(edge / pitch) + 2):
            at = (int((column + 0.5 * (row % 2)) * pitch), int(row * pitch * 0.5))
            tone = np.clip(base + rng.normal(0, 14), 0, 255)
            cv2.ellipse(canvas, at, radius, 0, 0, 360, (tone * 0.35).tolist(), -1, cv2.LINE_AA)
            inner = tuple(max(1, int(v * 0.85)) for v in radius)
            cv2.ellipse(canvas, at, inner, 0, 0, 360, tone.tolist(), -1, cv2.LINE_AA)
            glint = (at[0] - radius[0] // 4, at[1] + radius[1] // 3)
            shine = np.clip(tone * 1.35, 0, 255).tolist()
            cv2.ellipse(canvas, glint, (max(1, inner[0] // 3), 1), 0, 0, 360, shine, -1)
    canvas = canvas * (0.6 + 0.8 * fractal(rng, edge, 2))[..., None]
    return finish(np.rot90(canvas, int(rng.integers(4))), rng)


def knitting(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Rows of V-shaped stitches in one to three wools."""
    wools = [np.array(colour(rng, 30), float) for _ in range(int(rng.integers(1, 4)))]
    canvas = np.ones((edge, edge, 3), np.float32) * (wools[0] * 0.35).astype(np.float32)
    pitch = edge * rng.uniform(0.05, 0.13)
    cells = int(edge / pitch) + 3
    repeat = rng.integers(0, len(wools), (int(rng.integers(2, 9)), int(rng.integers(2, 9))))
    axes = (max(2, int(pitch * 0.5)), max(1, int(pitch * 0.24)))
    for row in range(int(cells * 1.3)):
        for column in range(cells):
            wool = wools[repeat[row % repeat.shape[0], column % repeat.shape[1]]]
            for side in (-1, 1):
                at = (int((column + 0.25 * side) * pitch), int(row * pitch * 0.8))
                tone = np.clip(wool * rng.normal(1, 0.06) * (1.05 if side < 0 else 0.9), 0, 255)
                cv2.ellipse(canvas, at, axes, 60 * -side, 0, 360, tone.tolist(), -1, cv2.LINE_AA)
    return finish(canvas * (0.7 + 0.5 * fractal(rng, edge, 1.7))[..., None], rng)


def marbling(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Marbled paper: bands of ink drawn out by a comb."""
    y, x = unit_square(edge)
    for _ in range(int(rng.integers(2, 5))):
        often, far = rng.uniform(6, 30), rng.uniform(0.02, 0.12)
        x = x + far * np.sin(often * y + rng.uniform(0, 6))
        y = y + far * np.abs(np.sin(often * x * 0.7 + rng.uniform(0, 6)))
    inks = np.array([colour(rng) for _ in range(int(rng.integers(3, 7)))])
    bands = (y * rng.uniform(8, 30) + rng.uniform(0, 1.5) * fractal(rng, edge, 2)).astype(int)
    return finish(inks[bands % len(inks)].astype(np.float32), rng)
