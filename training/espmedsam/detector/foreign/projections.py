"""Painters of projection images that are no chest: limbs, teeth, breast, nuclear medicine."""

import cv2
import numpy as np

from espmedsam.detector.foreign.drawing import ellipse, fractal, grey_to_rgb


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


def teeth(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A dental film: one or two rows of bright teeth with roots, jaw bone between and behind."""
    canvas = np.full((edge, edge), rng.uniform(20, 90), np.float32)
    canvas += rng.uniform(10, 60) * fractal(rng, edge, rng.uniform(0.8, 1.5))
    count = int(rng.integers(2, 7))
    pitch = edge / count
    for row in range(int(rng.integers(1, 3))):
        level = edge * (0.32 if row == 0 else 0.72) + rng.normal(0, edge * 0.03)
        direction = -1 if row == 0 else 1
        for i in range(count + 1):
            x = (i + rng.uniform(-0.1, 0.1)) * pitch
            bright = rng.uniform(130, 235)
            crown = (int(pitch * rng.uniform(0.38, 0.46)), int(edge * rng.uniform(0.08, 0.14)))
            cv2.ellipse(canvas, (int(x), int(level)), crown, 0, 0, 360, bright, -1)
            for side in (-0.2, 0.2):
                tip = (int(x + side * pitch), int(level + direction * edge * rng.uniform(0.2, 0.4)))
                start = (int(x + side * pitch * 0.8), int(level))
                cv2.line(canvas, start, tip, bright * 0.8, max(1, int(pitch * 0.2)))
            if rng.random() < 0.3:
                ellipse(canvas, rng, (x, level), (pitch * 0.15, edge * 0.04), 255)
    canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.6, 2))
    return grey_to_rgb(canvas + rng.normal(0, rng.uniform(1, 9), canvas.shape))


def breast(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A mammogram: half an oval at one side of a black film, strands in it, perhaps a marker."""
    y, x = np.mgrid[0:edge, 0:edge] / edge
    height, depth = rng.uniform(0.3, 0.5), rng.uniform(0.35, 0.8)
    distance = np.hypot((y - 0.5 - rng.normal(0, 0.05)) / height, x / depth)
    inside = np.clip((1 - distance) * rng.uniform(4, 20), 0, 1)
    gland = fractal(rng, edge, rng.uniform(1.1, 1.7)) ** rng.uniform(1, 3)
    strands = fractal(rng, edge, 0.9)
    canvas = inside * (rng.uniform(30, 90) + 140 * gland + rng.uniform(0, 60) * strands)
    canvas = canvas.astype(np.float32) + rng.uniform(0, 12)
    if rng.random() < 0.5:
        corners = np.array([[0, 0], [edge * rng.uniform(0.2, 0.4), 0], [0, edge * 0.5]])
        cv2.fillPoly(canvas, [corners.astype(np.int32)], rng.uniform(90, 200))
    if rng.random() < 0.5:
        corner = (int(edge * 0.75), int(edge * 0.08))
        cv2.rectangle(canvas, corner, (int(edge * 0.9), int(edge * 0.13)), 255.0, -1)
    image = cv2.GaussianBlur(canvas, (0, 0), 0.7) + rng.normal(0, 3, canvas.shape)
    return grey_to_rgb(image if rng.random() < 0.5 else image[:, ::-1])
