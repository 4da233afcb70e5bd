"""Painters of what a camera sees of people, from outside and from inside."""

import cv2
import numpy as np

from tools.draw_ood.drawing import blend, colour, ellipse, finish, fractal, unit_square


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


def airway(rng: np.random.Generator, edge: int) -> np.ndarray:
    """An endoscope in a ringed tube that is no colon: pale, two openings, round field of view."""
    y, x = np.mgrid[0:edge, 0:edge] / edge - 0.5
    tone = np.array(colour(rng, 90, 230)) * np.array([1, 0.9, 0.85])
    image = np.ones((edge, edge, 1)) * tone
    for _ in range(rng.integers(1, 4)):
        cx, cy = rng.uniform(-0.25, 0.25, 2)
        radius = np.hypot(x - cx, (y - cy) * rng.uniform(0.7, 1.4))
        rings = 1 + rng.uniform(0.05, 0.3) * np.sin(radius * rng.uniform(40, 120))
        hole = np.clip(radius / rng.uniform(0.1, 0.3), 0.03, 1)
        image = image * (rings * hole)[..., None]
    image = image * (0.7 + 0.6 * fractal(rng, edge, 1.6))[..., None]
    if rng.random() < 0.6:
        image = image * (np.hypot(x, y) < rng.uniform(0.4, 0.5))[..., None]
    return np.clip(image + rng.normal(0, rng.uniform(1, 9), image.shape), 0, 255).astype(np.uint8)


def wound(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A limb before a drape with a wound, a scar or a plaster on it, often a ruler beside it."""
    canvas = np.full((edge, edge, 3), colour(rng, 20, 200), np.float32)
    tone = np.array([235.0, 190.0, 160.0]) * rng.uniform(0.35, 1)
    middle, width = edge * rng.uniform(0.4, 0.6), int(edge * rng.uniform(0.3, 0.65))
    lean = int(rng.normal(0, edge * 0.15))
    ends = ((int(middle - lean), -edge // 4), (int(middle + lean), edge * 5 // 4))
    cv2.line(canvas, *ends, (tone * 0.75).tolist(), width)
    cv2.line(canvas, *ends, tone.tolist(), int(width * 0.8))
    for _ in range(int(rng.integers(0, 4))):
        at = (middle + rng.normal(0, width * 0.2), rng.uniform(0.2, 0.8) * edge)
        size = edge * rng.uniform(0.02, 0.1, 2)
        ellipse(canvas, rng, at, size * 1.3, (tone * (0.9, 0.65, 0.6)).tolist())
        ellipse(canvas, rng, at, size, (rng.uniform(90, 180), 35.0, 35.0))
    if rng.random() < 0.4:
        ellipse(
            canvas, rng, (middle, edge * 0.5), (width * 0.3, edge * 0.06), (225.0, 205.0, 170.0)
        )
    if rng.random() < 0.5:
        side = int(edge * rng.choice([0.06, 0.86]))
        cv2.rectangle(canvas, (side, 0), (side + edge // 12, edge), (240.0, 240.0, 235.0), -1)
        for y in range(0, edge, max(3, edge // 24)):
            cv2.line(canvas, (side, y), (side + edge // 30, y), (20.0, 20.0, 20.0), 1)
    canvas = canvas * (0.7 + 0.6 * fractal(rng, edge, 1.8))[..., None]
    return finish(np.rot90(canvas, int(rng.integers(4))), rng, 1.6)


def hand(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A spread hand or a foot on a cloth: palm, four fingers and a thumb."""
    canvas = np.full((edge, edge, 3), colour(rng), np.float32)
    canvas *= (0.8 + 0.4 * fractal(rng, edge, 1.4)).astype(np.float32)[..., None]
    tone = np.array([235.0, 185.0, 155.0]) * rng.uniform(0.35, 1)
    palm = np.array([0.5, 0.66]) * edge
    ellipse_radius = (int(edge * rng.uniform(0.17, 0.22)), int(edge * 0.2))
    cv2.line(canvas, (edge // 2, edge), tuple(palm.astype(int).tolist()), tone.tolist(), edge // 4)
    cv2.ellipse(
        canvas, tuple(palm.astype(int).tolist()), ellipse_radius, 0, 0, 360, tone.tolist(), -1
    )
    for angle, length in ((-1.1, 0.3), (-0.35, 0.48), (-0.1, 0.54), (0.15, 0.5), (0.4, 0.42)):
        direction = np.array([np.sin(angle), -np.cos(angle)])
        tip = palm + direction * edge * length * rng.uniform(0.85, 1.05)
        ends = tuple(palm.astype(int).tolist()), tuple(tip.astype(int).tolist())
        shade = tone * rng.uniform(0.9, 1.05)
        cv2.line(canvas, *ends, np.clip(shade, 0, 255).tolist(), int(edge * 0.085), cv2.LINE_AA)
        cv2.circle(canvas, ends[1], edge // 45, np.clip(tone * 1.15, 0, 255).tolist(), -1)
    turn = cv2.getRotationMatrix2D(
        (edge / 2, edge / 2), rng.uniform(-60, 60), rng.uniform(0.8, 1.3)
    )
    canvas = cv2.warpAffine(canvas, turn, (edge, edge), borderMode=cv2.BORDER_REFLECT)
    return finish(canvas * (0.75 + 0.5 * fractal(rng, edge, 2))[..., None], rng, 1.6)


def stomach(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A gastroscope's view: many long folds that run side by side, the scope itself, captions."""
    y, x = unit_square(edge)
    red = np.array([rng.uniform(190, 245), rng.uniform(95, 150), rng.uniform(65, 110)])
    angle, bend = rng.uniform(0, 2 * np.pi), rng.uniform(0.05, 0.3)
    across = x * np.cos(angle) + y * np.sin(angle) + bend * fractal(rng, edge, 2)
    folds = np.abs(np.sin(across * rng.uniform(14, 34)))
    image = (red * (0.35 + 0.7 * folds)[..., None]).astype(np.float32)
    far = np.hypot(x - rng.uniform(-0.3, 0.3), y - rng.uniform(-0.3, 0.3))
    image *= np.clip(1.35 - rng.uniform(0.8, 2) * far, 0.05, 1.2)[..., None]
    if rng.random() < 0.4:
        start = (int(edge * rng.uniform(0.2, 0.8)), 0)
        end = (int(edge * rng.uniform(0.3, 0.7)), int(edge * rng.uniform(0.3, 0.6)))
        cv2.line(image, start, end, (20.0, 20.0, 22.0), edge // 9)
    canvas = finish(image, rng, 1.5)
    if rng.random() < 0.5:
        canvas[:, : int(edge * rng.uniform(0.15, 0.3))] = 0
        for line in range(int(rng.integers(2, 9))):
            at = (2, int(edge * (0.1 + 0.09 * line)))
            cv2.putText(canvas, "AB 12/34", at, 0, edge / 600, (220, 220, 220), 1, cv2.LINE_AA)
    return canvas


def bladder(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A cystoscope's view: a pale wall with ridges that cross, an air bubble, a round field."""
    y, x = unit_square(edge)
    pale = (rng.uniform(205, 250), rng.uniform(165, 210), rng.uniform(110, 170))
    canvas = blend(pale, (215, 120, 80), np.clip(fractal(rng, edge, 1.7) - 0.4, 0, 1))
    ridges = np.abs(np.sin(rng.uniform(8, 25) * fractal(rng, edge, 2.1)))
    canvas *= (1 - rng.uniform(0.1, 0.45) * np.exp(-ridges * 4))[..., None].astype(np.float32)
    for _ in range(int(rng.integers(1, 4))):
        bubble = tuple(int(v) for v in rng.uniform(0.2, 0.8, 2) * edge)
        size = int(edge * rng.uniform(0.03, 0.15))
        cv2.circle(canvas, bubble, size, (250.0, 240.0, 215.0), max(1, edge // 100))
        cv2.circle(canvas, (bubble[0], bubble[1] - size // 2), max(1, size // 5), (255.0,) * 3, -1)
    canvas *= np.clip(1.3 - 1.5 * np.hypot(x, y), 0.1, 1)[..., None].astype(np.float32)
    if rng.random() < 0.8:
        canvas *= (np.hypot(x, y) < rng.uniform(0.4, 0.5))[..., None]
    return finish(canvas, rng, 1.5)
