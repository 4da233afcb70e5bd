"""Painters of kinds that training never sees: they tell what an unknown kind of image would do."""

import cv2
import numpy as np

from espmedsam.detector.foreign.drawing import Painter, colour, fractal, grey_to_rgb


def angiogram(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Contrast in branching vessels over soft shadows."""
    canvas = (rng.uniform(90, 200) + 50 * fractal(rng, edge, 1.8)).astype(np.float32)
    dark = rng.uniform(20, 80)
    stems = [(rng.uniform(0, edge, 2), rng.uniform(0, 2 * np.pi), edge * 0.03)]
    for _ in range(rng.integers(10, 40)):
        at, angle, width = stems[rng.integers(len(stems))]
        angle, width = angle + rng.normal(0, 0.7), max(1.0, width * rng.uniform(0.6, 0.95))
        for _ in range(int(rng.integers(3, 9))):
            ahead = at + edge * 0.04 * np.array([np.cos(angle), np.sin(angle)])
            ends = tuple(at.astype(int).tolist()), tuple(ahead.astype(int).tolist())
            cv2.line(canvas, *ends, dark, max(1, int(width)))
            at, angle = ahead, angle + rng.normal(0, 0.2)
        stems.append((at, angle, width))
    canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.6, 1.5))
    return grey_to_rgb(canvas + rng.normal(0, rng.uniform(1, 10), canvas.shape))


def layers(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A depth scan as in optical coherence tomography: wavy bright layers, speckle."""
    x = np.linspace(0, 1, edge)
    wave = rng.uniform(0.2, 0.5) + rng.uniform(0, 0.12) * np.cos(2 * np.pi * (x + rng.random()))
    wave = wave - rng.uniform(-0.2, 0.3) * np.exp(-(((x - rng.uniform(0.3, 0.7)) / 0.1) ** 2)) * 0.3
    depth = np.arange(edge)[:, None] / edge - wave[None]
    canvas = np.full((edge, edge), rng.uniform(5, 40))
    for _ in range(rng.integers(3, 9)):
        place, width = rng.uniform(0, 0.3), rng.uniform(0.004, 0.05)
        canvas += rng.uniform(40, 170) * np.exp(-(((depth - place) / width) ** 2))
    canvas *= rng.gamma(3, 1 / 3, canvas.shape)
    return grey_to_rgb(cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.4, 1.0)))


def spine(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A sagittal column: a curved row of blocks with discs between, canal behind."""
    canvas = (rng.uniform(10, 60) + 60 * fractal(rng, edge, 1.6)).astype(np.float32)
    count = int(rng.integers(4, 10))
    bone, disc, canal = rng.uniform(20, 240, 3)
    bend, phase = edge * rng.uniform(0.02, 0.12), rng.uniform(0, np.pi)
    for i in range(count):
        y = edge * (i + 0.5) / count
        x = edge * 0.5 + bend * np.sin(phase + 2.5 * i / count)
        for value, half in ((disc, 0.5), (bone, 0.38)):
            box = cv2.boxPoints(((x, y), (edge * 0.2, 2 * half * edge / count), rng.normal(0, 4)))
            cv2.fillPoly(canvas, [box.astype(np.int32)], float(value))
        at = (int(x + edge * 0.16), int(y))
        cv2.line(canvas, at, (at[0], at[1] + edge // count), float(canal), edge // 25)
    canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.6, 1.6))
    return grey_to_rgb(canvas + rng.normal(0, rng.uniform(1, 10), canvas.shape))


def ear(rng: np.random.Generator, edge: int) -> np.ndarray:
    """An otoscope's view: a round picture on black, pearly drum, a bony handle, a light reflex."""
    y, x = np.mgrid[0:edge, 0:edge] / edge - 0.5
    tone = np.array([rng.uniform(150, 230), rng.uniform(120, 200), rng.uniform(90, 180)])
    image = tone * (0.6 + 0.6 * fractal(rng, edge, 1.8))[..., None]
    image *= (1.1 - np.hypot(x - rng.uniform(-0.2, 0.2), y))[..., None]
    canvas = np.clip(image, 0, 255).astype(np.uint8)
    ends = rng.uniform(0.3, 0.7, (2, 2)) * edge
    shade = tuple(int(v) for v in np.clip(tone * 1.1, 0, 255))
    start, end = (tuple(p.astype(int).tolist()) for p in ends)
    cv2.line(canvas, start, end, shade, max(2, edge // 25))
    reflex = ends[1] + rng.uniform(-0.2, 0.2, (3, 2)) * edge
    cv2.fillPoly(canvas, [reflex.astype(np.int32)], (250, 245, 235))
    canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(1, 2.5))
    return (canvas * (np.hypot(x, y) < rng.uniform(0.38, 0.5))[..., None]).astype(np.uint8)


def handwriting(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Lines of joined loops in one ink on paper, perhaps ruled."""
    canvas = np.full((edge, edge, 3), colour(rng, 190), np.uint8)
    ink, pitch = colour(rng, 0, 110), int(edge * rng.uniform(0.06, 0.16))
    for line in range(pitch, edge, pitch):
        if rng.random() < 0.5:
            cv2.line(canvas, (0, line), (edge, line), (170, 190, 210), 1)
        t = np.linspace(0, rng.uniform(20, 70), 300)
        tall = np.abs(np.sin(t * rng.uniform(0.1, 0.4))) * pitch * 0.4
        x = np.linspace(edge * 0.05, edge * rng.uniform(0.4, 0.95), 300) + pitch * 0.2 * np.cos(t)
        points = np.stack((x, line - tall * (1 + np.sin(t)) / 2), axis=1).astype(np.int32)
        cv2.polylines(canvas, [points], False, ink, int(rng.integers(1, 3)), cv2.LINE_AA)
    return canvas


def code(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A bar code or a matrix code on a label."""
    count = int(rng.integers(15, 45))
    cells = rng.random((count, count)) < 0.5
    if rng.random() < 0.4:
        cells[:] = cells[:1]
    small = np.where(cells[..., None], colour(rng, 0, 70), colour(rng, 190)).astype(np.uint8)
    inner = int(edge * rng.uniform(0.5, 1))
    label = cv2.resize(small, (inner, inner), interpolation=cv2.INTER_NEAREST)
    canvas = np.full((edge, edge, 3), colour(rng, 170), np.uint8)
    top, left = rng.integers(0, edge - inner + 1, 2)
    canvas[top : top + inner, left : left + inner] = label
    return canvas


def table(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A spreadsheet: ruled cells, numbers, a coloured head."""
    canvas = np.full((edge, edge, 3), colour(rng, 225), np.uint8)
    height, width = int(edge * rng.uniform(0.05, 0.12)), int(edge * rng.uniform(0.12, 0.3))
    canvas[:height] = colour(rng)
    for y in range(0, edge, height):
        cv2.line(canvas, (0, y), (edge, y), (150, 150, 150), 1)
        for x in range(0, edge, width):
            cv2.line(canvas, (x, y), (x, y + height), (150, 150, 150), 1)
            text = f"{rng.uniform(0, 9999):.{rng.integers(0, 3)}f}"
            scale, at = height / 50, (x + 3, y + int(height * 0.75))
            cv2.putText(canvas, text, at, cv2.FONT_HERSHEY_SIMPLEX, scale, (30, 30, 30), 1)
    return canvas


def portrait(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Head and shoulders before a soft background."""
    back = np.array(colour(rng)) * (0.6 + 0.7 * fractal(rng, edge, 1.7))[..., None]
    canvas = np.clip(back, 0, 255).astype(np.uint8)
    depth = rng.uniform(0.3, 1)
    skin = tuple(int(v * depth) for v in (240, 200, 170))
    cx, cy, r = edge * rng.uniform(0.4, 0.6), edge * rng.uniform(0.35, 0.5), edge * 0.2
    at = (int(cx), int(cy))
    body = (int(cx), int(edge * 1.05))
    cv2.ellipse(canvas, body, (int(edge * 0.4), int(edge * 0.35)), 0, 0, 360, colour(rng), -1)
    cv2.ellipse(
        canvas, (at[0], at[1] - 8), (int(r * 1.15), int(r * 1.3)), 0, 0, 360, colour(rng), -1
    )
    cv2.ellipse(canvas, at, (int(r), int(r * 1.25)), 0, 0, 360, skin, -1)
    for side in (-1, 1):
        cv2.circle(
            canvas, (int(cx + side * r * 0.4), int(cy - r * 0.2)), edge // 40, (40, 30, 30), -1
        )
    cv2.ellipse(
        canvas, (at[0], int(cy + r * 0.6)), (edge // 16, edge // 50), 0, 0, 180, (150, 60, 60), -1
    )
    light = (0.7 + 0.5 * fractal(rng, edge, 2))[..., None]
    image = cv2.GaussianBlur(canvas * light, (0, 0), rng.uniform(0.6, 2))
    return np.clip(image + rng.normal(0, rng.uniform(0, 8), image.shape), 0, 255).astype(np.uint8)


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


def spectrogram(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Energy over time and frequency in a colour table."""
    canvas = rng.gamma(1.5, 20, (edge, edge))
    for _ in range(rng.integers(2, 10)):
        path = edge * rng.random() + np.cumsum(rng.normal(0, 1.5, edge))
        canvas += 200 * np.exp(
            -(((np.arange(edge)[:, None] - path[None]) / rng.uniform(1, 6)) ** 2)
        )
    canvas *= 0.3 + 0.7 * (rng.random(edge) > 0.2)[None]
    table = int(rng.choice([cv2.COLORMAP_VIRIDIS, cv2.COLORMAP_PLASMA, cv2.COLORMAP_OCEAN]))
    canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.5, 2))
    return cv2.applyColorMap(np.clip(canvas, 0, 255).astype(np.uint8), table)[..., ::-1].copy()


HELD_OUT: dict[str, Painter] = {
    "angiogram": angiogram,
    "layers": layers,
    "spine": spine,
    "ear": ear,
    "handwriting": handwriting,
    "code": code,
    "table": table,
    "portrait": portrait,
    "brickwork": brickwork,
    "foliage": foliage,
    "mosaic": mosaic,
    "spectrogram": spectrogram,
}
