"""Painters of projection images that are no chest: limbs, vessels, luggage, nuclear medicine."""

import cv2
import numpy as np

from tools.draw_ood.drawing import ellipse, finish, fractal, grey_to_rgb


def limb(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A radiograph that is no chest: one to five soft strips with bright shafts."""
    canvas = np.full((edge, edge), rng.uniform(0, 40), np.float32)
    soft, bone = np.zeros_like(canvas), np.zeros_like(canvas)
    angle = rng.uniform(0, np.pi)
    direction = np.array([np.cos(angle), np.sin(angle)])
    normal = np.array([-direction[1], direction[0]])
    count = int(rng.integers(1, 6))
    for i in range(count):
        middle = edge / 2 + normal * (i - (count - 1) / 2) * edge * 0.8 / count
        a, b = middle - direction * edge * 0.6, middle + direction * edge * rng.uniform(0.2, 0.6)
        width = edge * rng.uniform(0.35, 0.7) / count
        ends = tuple(int(v) for v in a), tuple(int(v) for v in b)
        cv2.line(soft, *ends, 1.0, max(1, int(width)))
        cv2.line(bone, *ends, 1.0, max(1, int(width * rng.uniform(0.3, 0.5))))
    canvas += rng.uniform(50, 120) * cv2.GaussianBlur(soft, (0, 0), 2)
    canvas += rng.uniform(50, 120) * cv2.GaussianBlur(bone, (0, 0), 1.2)
    return grey_to_rgb(canvas + rng.normal(0, rng.uniform(1, 8), canvas.shape))


def hot_spots(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A nuclear medicine picture: soft blobs, grey, inverted or in a colour table."""
    canvas = np.zeros((edge, edge), np.float32)
    for _ in range(rng.integers(2, 14)):
        spot = np.zeros_like(canvas)
        ellipse(spot, rng, rng.uniform(0.2, 0.8, 2) * edge, rng.uniform(0.02, 0.15, 2) * edge, 1.0)
        canvas += rng.uniform(0.2, 1) * cv2.GaussianBlur(spot, (0, 0), rng.uniform(2, 6))
    canvas = 255 * canvas / (canvas.max() + 1e-6) + rng.normal(0, rng.uniform(1, 15), canvas.shape)
    kind = rng.integers(3)
    if kind == 0:
        return grey_to_rgb(canvas)
    if kind == 1:
        return grey_to_rgb(255 - canvas)
    table = int(rng.choice([cv2.COLORMAP_JET, cv2.COLORMAP_HOT, cv2.COLORMAP_INFERNO]))
    return cv2.applyColorMap(np.clip(canvas, 0, 255).astype(np.uint8), table)[..., ::-1]


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


def whole_body(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A projection of a PET scan: a faint body, dark or glowing brain, heart, kidneys, bladder."""
    body = np.zeros((edge, edge), np.float32)
    wide, middle = rng.uniform(0.13, 0.22) * edge, edge / 2

    def organ(x: float, y: float, rx: float, ry: float, value: float) -> None:
        at = (int(middle + x * wide), int(y * edge))
        axes = (max(1, int(rx * wide)), max(1, int(ry * edge)))
        spot = np.zeros_like(body)
        cv2.ellipse(spot, at, axes, 0, 0, 360, value, -1)
        np.maximum(body, cv2.GaussianBlur(spot, (0, 0), edge / 110), out=body)

    faint = rng.uniform(0.1, 0.3)
    organ(0, 0.5, 1.0, 0.33, faint)
    organ(0, 0.12, 0.42, 0.09, rng.uniform(0.3, 1))
    for side in (-1, 1):
        organ(side * 1.3, 0.45, 0.2, 0.25, faint * 0.8)
        organ(side * 0.45, 0.9, 0.35, 0.2, faint * 0.8)
        organ(side * 0.5, 0.52, 0.14, 0.04, rng.uniform(0.2, 0.9))
    organ(0.25, 0.36, 0.25, 0.05, rng.uniform(0.1, 1))
    organ(-0.4, 0.46, 0.5, 0.07, rng.uniform(0.2, 0.5))
    organ(0, 0.72, 0.2, 0.04, rng.uniform(0.5, 1))
    for _ in range(int(rng.integers(0, 12))):
        organ(*rng.uniform((-0.8, 0.2), (0.8, 0.8)), 0.06, 0.014, rng.uniform(0.4, 1))
    body = np.clip(body + rng.normal(0, 0.02, body.shape), 0, 1) * 255
    kind = rng.integers(3)
    if kind == 0:
        return grey_to_rgb(255 - body)
    if kind == 1:
        return grey_to_rgb(body)
    table = int(rng.choice([cv2.COLORMAP_HOT, cv2.COLORMAP_JET, cv2.COLORMAP_PLASMA]))
    return cv2.applyColorMap(body.astype(np.uint8), table)[..., ::-1].copy()


def luggage(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A case under X-rays: things seen through one another, in the scanner's colours or grey."""
    dense = np.zeros((edge, edge), np.float32)
    metal = np.zeros_like(dense)
    box = [int(edge * v) for v in (*rng.uniform(0.03, 0.2, 2), *rng.uniform(0.8, 0.97, 2))]
    cv2.rectangle(dense, tuple(box[:2]), tuple(box[2:]), 0.15, -1)
    cv2.rectangle(dense, tuple(box[:2]), tuple(box[2:]), 0.6, max(1, edge // 80))
    for _ in range(int(rng.integers(8, 30))):
        thing = np.zeros_like(dense)
        at, size = rng.uniform(0.15, 0.85, 2) * edge, edge * rng.uniform(0.02, 0.18, 2)
        kind = rng.integers(3)
        if kind == 0:
            turned = cv2.boxPoints((tuple(at), tuple(2 * size), rng.uniform(0, 180)))
            cv2.fillPoly(thing, [turned.astype(np.int32)], 1.0)
        elif kind == 1:
            ellipse(thing, rng, at, size, 1.0)
        else:
            end = tuple((at + rng.normal(0, edge * 0.2, 2)).astype(int).tolist())
            cv2.line(thing, tuple(at.astype(int).tolist()), end, 1.0, int(rng.integers(1, 5)))
        dense += thing * rng.uniform(0.05, 0.5)
        if rng.random() < 0.3:
            metal = np.maximum(metal, thing)
    through = np.exp(-dense * rng.uniform(1, 2))[..., None]
    inks = ((230, 140, 40), (40, 90, 200)) if rng.random() < 0.6 else ((90, 90, 90), (30, 30, 30))
    ink = np.where(metal[..., None] > 0, np.array(inks[1]), np.array(inks[0]))
    return finish(255 * through + ink * (1 - through), rng, 1.2, 7)
