"""Painters of projection images that are no chest: limbs, teeth, breast, nuclear medicine."""

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


def fluoroscopy(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A round or eight-sided field with bone, clips, a wire or contrast-filled gut in it."""
    y, x = np.mgrid[0:edge, 0:edge] / edge - 0.5
    canvas = (rng.uniform(90, 190) + 70 * (fractal(rng, edge, 1.9) - 0.5)).astype(np.float32)
    for _ in range(int(rng.integers(0, 4))):
        at, far = rng.uniform(0, edge, 2), rng.normal(0, edge * 0.5, 2)
        ends = tuple(at.astype(int).tolist()), tuple((at + far).astype(int).tolist())
        shadow = np.zeros_like(canvas)
        cv2.line(shadow, *ends, rng.uniform(20, 70), int(edge * rng.uniform(0.06, 0.2)))
        canvas -= cv2.GaussianBlur(shadow, (0, 0), edge / 100)
    if rng.random() < 0.6:
        turns = np.cumsum(rng.normal(0, 0.3, 40)) + rng.uniform(0, 6)
        steps = np.stack((np.cos(turns), np.sin(turns)), axis=1) * edge / 35
        path = rng.uniform(0.2, 0.8, 2) * edge + np.cumsum(steps, axis=0)
        width = int(rng.choice([1, 2, edge // 14]))
        cv2.polylines(canvas, [path.astype(np.int32)], False, 30.0, width)
    for at in rng.uniform(0.2, 0.8, (int(rng.integers(0, 8)), 2)) * edge:
        cv2.line(
            canvas, tuple(at.astype(int).tolist()), tuple((at + 6).astype(int).tolist()), 15.0, 2
        )
    canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.5, 1.6))
    canvas += rng.normal(0, rng.uniform(3, 14), canvas.shape).astype(np.float32)
    if rng.random() < 0.3:
        canvas = 255 - canvas
    corner = np.maximum(np.hypot(x, y), (np.abs(x) + np.abs(y)) * rng.choice([0, 0.75]))
    return grey_to_rgb(canvas * (corner < rng.uniform(0.42, 0.52)))


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
