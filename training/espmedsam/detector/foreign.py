"""Generated images of none of the six kinds: what else may turn up in an archive.

Drawn, not collected, so no foreign licence enters. Each painter takes a random generator and an
edge in pixels and returns `uint8 [edge,edge,3]` RGB.
"""

from collections.abc import Callable

import cv2
import numpy as np

Painter = Callable[[np.random.Generator, int], np.ndarray]


def colour(rng: np.random.Generator, low: int = 0, high: int = 256) -> tuple[int, int, int]:
    """A random RGB colour."""
    return tuple(int(v) for v in rng.integers(low, high, 3))


def grey_to_rgb(grey: np.ndarray) -> np.ndarray:
    """Float grey 0–255 → RGB uint8."""
    return np.repeat(np.clip(grey, 0, 255).astype(np.uint8)[..., None], 3, axis=2)


def fractal(rng: np.random.Generator, edge: int, roughness: float) -> np.ndarray:
    """Noise with a 1/f^roughness amplitude spectrum, scaled to 0–1."""
    fy, fx = np.fft.fftfreq(edge)[:, None], np.fft.rfftfreq(edge)[None]
    radius = np.sqrt(fx**2 + fy**2)
    radius[0, 0] = 1
    phase = np.exp(2j * np.pi * rng.random(radius.shape))
    field = np.fft.irfft2(phase / radius**roughness, s=(edge, edge))
    return (field - field.min()) / (np.ptp(field) + 1e-9)


def ellipse(canvas: np.ndarray, rng: np.random.Generator, centre, radius, value) -> None:
    """A filled, randomly turned ellipse."""
    cv2.ellipse(
        canvas,
        (int(centre[0]), int(centre[1])),
        (max(1, int(radius[0])), max(1, int(radius[1]))),
        float(rng.uniform(0, 180)),
        0,
        360,
        value,
        -1,
    )


def ct_slice(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A body cross-section: skin, fat, organs, spine, perhaps lungs, scanner noise."""
    canvas = np.full((edge, edge), rng.uniform(0, 12), np.float32)
    cx, cy = edge / 2 + rng.normal(0, edge * 0.03, 2)
    rx, ry = edge * rng.uniform(0.33, 0.48), edge * rng.uniform(0.22, 0.4)
    soft = rng.uniform(70, 150)
    for shrink, value in ((1, soft * 0.6), (0.93, soft)):
        axes = (int(rx * shrink), int(ry * shrink))
        cv2.ellipse(canvas, (int(cx), int(cy)), axes, 0, 0, 360, value, -1)
    if rng.random() < 0.5:
        for side in (-1, 1):
            at = (cx + side * rx * 0.45, cy - ry * 0.05)
            cv2.ellipse(
                canvas,
                (int(at[0]), int(at[1])),
                (int(rx * rng.uniform(0.28, 0.4)), int(ry * rng.uniform(0.5, 0.75))),
                0,
                0,
                360,
                rng.uniform(5, 40),
                -1,
            )
    for _ in range(rng.integers(3, 12)):
        at = (cx + rng.uniform(-0.6, 0.6) * rx, cy + rng.uniform(-0.6, 0.6) * ry)
        ellipse(canvas, rng, at, rng.uniform(0.04, 0.28, 2) * edge / 2, rng.uniform(30, 200))
    ellipse(canvas, rng, (cx, cy + ry * 0.65), (edge * 0.06, edge * 0.05), rng.uniform(200, 255))
    canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.5, 1.5))
    return grey_to_rgb(canvas + rng.normal(0, rng.uniform(1, 12), canvas.shape))


def head_slice(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A head cross-section as in CT or MR: bright or dark skull ring, folded brain, ventricles."""
    canvas = np.full((edge, edge), rng.uniform(0, 10), np.float32)
    centre = (edge // 2, edge // 2)
    rx, ry = edge * rng.uniform(0.28, 0.4), edge * rng.uniform(0.34, 0.46)
    ring, brain = rng.uniform(20, 255), rng.uniform(60, 180)
    cv2.ellipse(canvas, centre, (int(rx), int(ry)), 0, 0, 360, rng.uniform(60, 220), -1)
    cv2.ellipse(canvas, centre, (int(rx * 0.95), int(ry * 0.95)), 0, 0, 360, ring, -1)
    inside = np.zeros_like(canvas)
    cv2.ellipse(inside, centre, (int(rx * 0.87), int(ry * 0.87)), 0, 0, 360, 1, -1)
    folds = np.sin(fractal(rng, edge, 1.6) * rng.uniform(15, 50)) * rng.uniform(5, 50)
    canvas = np.where(inside > 0, brain + folds, canvas).astype(np.float32)
    for side in (-1, 1):
        at = (centre[0] + side * rx * 0.15, centre[1])
        ellipse(canvas, rng, at, (rx * 0.1, ry * rng.uniform(0.15, 0.3)), rng.uniform(0, 255))
    canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.4, 1.5))
    return grey_to_rgb(canvas + rng.normal(0, rng.uniform(1, 10), canvas.shape))


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


def write_lines(
    canvas: np.ndarray, rng: np.random.Generator, box: tuple[int, int, int, int], ink: tuple
) -> None:
    """Fills a box (left, top, right, bottom) with lines of random words."""
    left, top, right, bottom = box
    scale = rng.uniform(0.2, 0.7)
    letters = "abcdefghijklmnopqrstuvwxyz0123456789 ABCDEFGHIJKLMNOP  "
    for y in range(top + int(20 * scale), bottom, max(6, int(30 * scale))):
        words = "".join(letters[i] for i in rng.integers(0, len(letters), rng.integers(3, 60)))
        words = words[: max(1, int((right - left) / (18 * scale)))]
        cv2.putText(canvas, words, (left, y), cv2.FONT_HERSHEY_SIMPLEX, scale, ink, 1, cv2.LINE_AA)


def text_page(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A scanned letter or report, dark on light or the reverse."""
    paper, ink = colour(rng, 200), colour(rng, 0, 90)
    if rng.random() < 0.25:
        paper, ink = ink, paper
    canvas = np.full((edge, edge, 3), paper, np.uint8)
    margin = int(edge * rng.uniform(0.02, 0.15))
    write_lines(canvas, rng, (margin, margin, edge - margin, edge - margin), ink)
    if rng.random() < 0.3:
        corner = rng.integers(0, edge // 2, 2)
        cv2.rectangle(canvas, tuple(corner.tolist()), tuple((corner + 60).tolist()), colour(rng), 2)
    return canvas


def screenshot(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A user interface: panels, buttons, captions, perhaps a small picture in it."""
    dark = rng.random() < 0.5
    low, high = (0, 90) if dark else (170, 256)
    canvas = np.full((edge, edge, 3), colour(rng, low, high), np.uint8)
    ink = (230, 230, 230) if dark else (20, 20, 20)
    for _ in range(rng.integers(3, 14)):
        x, y = (int(v) for v in rng.integers(0, edge, 2))
        w, h = (int(v) for v in rng.integers(edge // 12, edge // 2, 2))
        cv2.rectangle(canvas, (x, y), (x + w, y + h), colour(rng, low, high), -1)
        if rng.random() < 0.6:
            cv2.rectangle(canvas, (x, y), (x + w, y + h), colour(rng), 1)
        if rng.random() < 0.7:
            write_lines(canvas, rng, (x + 3, y, min(edge, x + w), min(edge, y + h)), ink)
    return canvas


def chart(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Axes with lines, bars, points or a pie; also traces such as an ECG."""
    canvas = np.full((edge, edge, 3), colour(rng, 220) if rng.random() < 0.8 else (0, 0, 0))
    canvas = canvas.astype(np.uint8)
    kind = rng.integers(4)
    if kind == 0:
        for i in range(rng.integers(3, 16)):
            x = int(edge * (0.1 + 0.055 * i))
            top = int(edge * rng.uniform(0.1, 0.85))
            cv2.rectangle(canvas, (x, top), (x + edge // 25, int(edge * 0.9)), colour(rng), -1)
    elif kind == 1:
        if rng.random() < 0.5:
            for v in range(0, edge, max(4, edge // int(rng.integers(8, 30)))):
                cv2.line(canvas, (v, 0), (v, edge), (230, 170, 170), 1)
                cv2.line(canvas, (0, v), (edge, v), (230, 170, 170), 1)
        for _ in range(rng.integers(1, 6)):
            y = np.cumsum(rng.normal(0, edge * 0.03, 60)) + edge * rng.uniform(0.2, 0.8)
            points = np.stack((np.linspace(0, edge, 60), y), axis=1).astype(np.int32)
            cv2.polylines(canvas, [points], False, colour(rng), int(rng.integers(1, 4)))
    elif kind == 2:
        start = 0.0
        for part in rng.dirichlet(np.ones(rng.integers(2, 7))) * 360:
            centre, axes = (edge // 2, edge // 2), (edge // 3, edge // 3)
            cv2.ellipse(canvas, centre, axes, 0, start, start + part, colour(rng), -1)
            start += part
    else:
        for x, y in rng.normal(edge / 2, edge / 6, (rng.integers(20, 200), 2)):
            cv2.circle(canvas, (int(x), int(y)), int(rng.integers(1, 5)), colour(rng), -1)
    cv2.line(canvas, (edge // 12, edge // 12), (edge // 12, int(edge * 0.9)), (90, 90, 90), 1)
    cv2.line(canvas, (edge // 12, int(edge * 0.9)), (edge, int(edge * 0.9)), (90, 90, 90), 1)
    return canvas


def dead_leaves(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Overlapping shaded shapes of all sizes: the statistics of photographs."""
    base, spread = np.array(colour(rng, 30, 220)), rng.uniform(15, 90)

    def leaf_colour() -> tuple[int, int, int]:
        shade = rng.normal(0, spread) + rng.normal(0, spread * 0.4, 3)
        return tuple(int(v) for v in np.clip(base + shade, 0, 255))

    canvas = np.full((edge, edge, 3), leaf_colour(), np.uint8)
    for _ in range(rng.integers(30, 220)):
        radius = edge * min(0.4, 0.015 / rng.random() ** 0.7)
        x, y = rng.uniform(0, edge, 2)
        if rng.random() < 0.5:
            ellipse(canvas, rng, (x, y), radius * rng.uniform(0.4, 1.4, 2), leaf_colour())
        else:
            corners = np.array([x, y]) + rng.normal(0, radius, (int(rng.integers(3, 7)), 2))
            cv2.fillPoly(canvas, [corners.astype(np.int32)], leaf_colour())
    shade = 0.6 + 0.8 * fractal(rng, edge, rng.uniform(1.0, 2.0))[..., None]
    image = canvas * shade + rng.normal(0, rng.uniform(0, 12), canvas.shape)
    return np.clip(cv2.GaussianBlur(image, (0, 0), rng.uniform(0.4, 1.6)), 0, 255).astype(np.uint8)


def texture(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Fractal fields in two to three colours: cloud, wood, water, wall."""
    stops = rng.integers(0, 256, (int(rng.integers(2, 5)), 3)).astype(float)
    field = fractal(rng, edge, rng.uniform(0.6, 2.2))
    if rng.random() < 0.4:
        field = 0.5 + 0.5 * np.sin(field * rng.uniform(10, 60))
    at = field * (len(stops) - 1)
    low = np.minimum(at.astype(int), len(stops) - 2)
    share = (at - low)[..., None]
    image = stops[low] * (1 - share) + stops[low + 1] * share
    return np.clip(image + rng.normal(0, rng.uniform(0, 10), image.shape), 0, 255).astype(np.uint8)


def scenery(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Sky above ground with upright things on it."""
    sky, ground = np.array(colour(rng, 90)), np.array(colour(rng, 20, 180))
    horizon = int(edge * rng.uniform(0.3, 0.7))
    ramp = np.linspace(1.0, rng.uniform(0.6, 1.3), edge)[:, None, None]
    image = np.where(np.arange(edge)[:, None, None] < horizon, sky, ground) * ramp
    image = image * (0.7 + 0.6 * fractal(rng, edge, rng.uniform(0.9, 1.6))[..., None])
    canvas = np.clip(np.broadcast_to(image, (edge, edge, 3)), 0, 255).astype(np.uint8).copy()
    for _ in range(rng.integers(0, 12)):
        x, w = int(rng.integers(0, edge)), int(rng.integers(3, edge // 5))
        top = horizon - int(rng.integers(5, edge // 2))
        cv2.rectangle(canvas, (x, top), (x + w, horizon + 10), colour(rng, 0, 200), -1)
    return cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.3, 1.2))


def noise(rng: np.random.Generator, edge: int) -> np.ndarray:
    """White noise, grey or coloured, fine or coarse."""
    cell = int(rng.integers(1, 9))
    cells = edge // cell + 1
    channels = 1 if rng.random() < 0.5 else 3
    field = rng.normal(rng.uniform(40, 210), rng.uniform(10, 90), (cells, cells, channels))
    field = np.repeat(field, 3 // channels, axis=2)
    field = np.kron(field, np.ones((cell, cell, 1)))[:edge, :edge]
    return np.clip(field, 0, 255).astype(np.uint8)


def gradient(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A linear or radial ramp between two colours, or one plain colour."""
    y, x = np.mgrid[0:edge, 0:edge] / edge
    if rng.random() < 0.5:
        angle = rng.uniform(0, 2 * np.pi)
        ramp = np.cos(angle) * x + np.sin(angle) * y
    else:
        ramp = np.hypot(x - rng.uniform(0, 1), y - rng.uniform(0, 1))
    ramp = ((ramp - ramp.min()) / np.ptp(ramp))[..., None]
    first = np.array(colour(rng))
    second = first if rng.random() < 0.3 else np.array(colour(rng))
    if rng.random() < 0.4:
        first, second = np.full(3, first[0]), np.full(3, second[0])
    image = first * (1 - ramp) + second * ramp + rng.normal(0, rng.uniform(0, 4), (edge, edge, 1))
    return np.clip(image, 0, 255).astype(np.uint8)


def pattern(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Test patterns: checks, stripes, grids of discs, rings."""
    y, x = np.mgrid[0:edge, 0:edge]
    period = float(rng.integers(4, edge // 2))
    kind = rng.integers(4)
    if kind == 0:
        on = ((x // period) + (y // period)) % 2 == 0
    elif kind == 1:
        angle = rng.uniform(0, np.pi)
        on = np.sin(2 * np.pi * (np.cos(angle) * x + np.sin(angle) * y) / period) > 0
    elif kind == 2:
        on = np.hypot(x % period - period / 2, y % period - period / 2) < period * 0.3
    else:
        on = np.sin(2 * np.pi * np.hypot(x - edge / 2, y - edge / 2) / period) > 0
    first, second = np.array(colour(rng)), np.array(colour(rng))
    if rng.random() < 0.5:
        first, second = np.full(3, first[0]), np.full(3, second[0])
    return np.where(on[..., None], first, second).astype(np.uint8)


PAINTERS: dict[str, Painter] = {
    "ct": ct_slice,
    "head": head_slice,
    "limb": limb,
    "nuclear": hot_spots,
    "text": text_page,
    "screenshot": screenshot,
    "chart": chart,
    "leaves": dead_leaves,
    "texture": texture,
    "scenery": scenery,
    "noise": noise,
    "gradient": gradient,
    "pattern": pattern,
}


def foreign_image(rng: np.random.Generator, edge: int = 192) -> tuple[str, np.ndarray]:
    """A random foreign image and the name of its painter; some are grey or washed out."""
    name = str(rng.choice(list(PAINTERS)))
    image = PAINTERS[name](rng, edge)
    saturation = rng.choice([0.0, rng.uniform(0.2, 1.0), 1.0], p=[0.25, 0.35, 0.4])
    if saturation < 1:
        grey = image.mean(axis=2, keepdims=True)
        image = (grey + (image - grey) * saturation).astype(np.uint8)
    return name, image
