"""What devices and archives add to a picture: black borders, dark corners, marks, compression.

None of it is a finding, and a network that has not seen it takes black for a lesion. Everything
here works on `uint8` arrays and depends on the given generator only. Where a picture is covered by
black its mask becomes empty there; marks are drawn over both, the mask stays.
"""

import cv2
import numpy as np

MAX_BORDER = 0.28
"""Largest black border on one side, as a share of the picture's edge."""
LETTERS = "ABCDEFGHIKLMNOPRSTUVWXYZ0123456789.:-/%"
COLOURS = ((255, 255, 255), (200, 200, 200), (255, 255, 0), (0, 255, 0), (255, 160, 60))
FONTS = (cv2.FONT_HERSHEY_PLAIN, cv2.FONT_HERSHEY_SIMPLEX, cv2.FONT_HERSHEY_DUPLEX)

Both = tuple[np.ndarray, np.ndarray]
"""An image `[H,W,3]` and its mask `[H,W]`."""


def nearly_black(shape: tuple[int, ...], rng: np.random.Generator) -> np.ndarray:
    """A field as dark as a border is, plain or with a little noise."""
    level = int(rng.choice((0, 0, 2, 5, 9)))
    if rng.random() < 0.5:
        return np.full(shape, level, np.uint8)
    return rng.integers(0, level + 4, shape, dtype=np.uint8)


def bordered(image: np.ndarray, mask: np.ndarray, rng: np.random.Generator) -> Both:
    """Black at the left and right, above and below, on all sides or on one only."""
    height, width = mask.shape
    sides = np.array([(0, 0, 1, 1), (1, 1, 0, 0), (1, 1, 1, 1), *np.eye(4)])[rng.integers(7)]
    shares = rng.uniform(0.02, MAX_BORDER, 4) * sides
    if rng.random() < 0.5:
        # Letterboxes are even as a rule.
        shares[1], shares[3] = shares[0], shares[2]
    top, bottom, left, right = (
        round(share * edge)
        for share, edge in zip(shares, (height, height, width, width), strict=True)
    )
    shape = (height + top + bottom, width + left + right)
    inside = (slice(top, top + height), slice(left, left + width))
    framed, hidden = nearly_black((*shape, 3), rng), np.zeros(shape, np.uint8)
    framed[inside], hidden[inside] = image, mask
    return framed, hidden


def field_of_view(size: int, rng: np.random.Generator) -> np.ndarray:
    """`uint8 [size,size]`, 1 where an optic or a probe sees something: disc, octagon, fan …"""
    field = np.zeros((size, size), np.uint8)
    kind = rng.choice(("disc", "ellipse", "octagon", "rounded", "fan"))
    centre = rng.uniform(0.42, 0.58, 2) * size
    x, y = (int(value) for value in centre)
    if kind == "disc":
        cv2.circle(field, (x, y), int(rng.uniform(0.45, 0.68) * size), 1, -1)
    elif kind == "ellipse":
        axes = (int(rng.uniform(0.45, 0.7) * size), int(rng.uniform(0.45, 0.7) * size))
        cv2.ellipse(field, (x, y), axes, 0, 0, 360, 1, -1)
    elif kind == "octagon":
        cut, edge = int(rng.uniform(0.08, 0.3) * size), size - 1
        corners = [(cut, 0), (edge - cut, 0), (edge, cut), (edge, edge - cut)]
        corners += [(edge - cut, edge), (cut, edge), (0, edge - cut), (0, cut)]
        cv2.fillPoly(field, [np.array(corners, np.int32)], 1)
    elif kind == "rounded":
        radius = int(rng.uniform(0.12, 0.4) * size)
        inner = np.zeros_like(field)
        inner[radius : size - radius, radius : size - radius] = 1
        kernel = cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (2 * radius + 1, 2 * radius + 1))
        field = cv2.dilate(inner, kernel)
    else:
        half = rng.uniform(28, 48)
        apex = (x, int(-rng.uniform(0.1, 0.6) * size))
        far = int(size * rng.uniform(0.98, 1.1)) - apex[1]
        cv2.ellipse(field, apex, (far, far), 90, -half, half, 1, -1)
    return field


def vignetted(image: np.ndarray, mask: np.ndarray, rng: np.random.Generator) -> Both:
    """Dark outside a field of view, with a sharp or a soft edge; square pictures."""
    field = field_of_view(len(mask), rng)
    if field.mean() < 0.35:
        return image, mask
    weight = field.astype(np.float32)
    if rng.random() < 0.6:
        weight = cv2.GaussianBlur(weight, (0, 0), rng.uniform(0.5, 0.04 * len(mask)))
    dark = nearly_black(image.shape, rng)
    shaded = image * weight[..., None] + dark * (1 - weight[..., None])
    return shaded.astype(np.uint8), mask * (weight > 0.25)


def cross(image: np.ndarray, at: np.ndarray, arm: int, colour: tuple[int, ...]) -> None:
    """A calliper's cross, in place."""
    x, y = (int(value) for value in at)
    cv2.line(image, (x - arm, y), (x + arm, y), colour, 1)
    cv2.line(image, (x, y - arm), (x, y + arm), colour, 1)


def marked(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Callipers with a dotted line, lines of text, a scale with ticks, a small arrow."""
    image = np.ascontiguousarray(image).copy()
    size = min(image.shape[:2])
    colour = COLOURS[rng.integers(len(COLOURS))]
    if rng.random() < 0.5:
        for _ in range(rng.integers(1, 3)):
            start, end = rng.uniform(0.15, 0.85, (2, 2)) * size
            arm = int(rng.integers(2, max(3, size // 40)))
            cross(image, start, arm, colour)
            cross(image, end, arm, colour)
            if rng.random() < 0.7:
                for share in np.linspace(0, 1, int(rng.integers(10, 30))):
                    x, y = (start + share * (end - start)).astype(int)
                    cv2.circle(image, (int(x), int(y)), 0, colour, -1)
    for _ in range(rng.integers(0, 4)):
        text = "".join(rng.choice(list(LETTERS), rng.integers(2, 14)))
        place = (int(rng.uniform(0, 0.8) * size), int(rng.choice((0.06, 0.12, 0.9, 0.97)) * size))
        if rng.random() < 0.25:
            place = (place[0], int(rng.uniform(0.1, 0.95) * size))
        scale = rng.uniform(0.25, 0.7) * size / 224
        cv2.putText(image, text, place, FONTS[rng.integers(3)], scale, colour, 1, cv2.LINE_AA)
    if rng.random() < 0.35:
        step, x = int(rng.uniform(0.04, 0.1) * size), int(rng.choice((0.02, 0.95)) * size)
        for y in range(0, size, max(step, 3)):
            cv2.line(image, (x, y), (x + int(rng.integers(2, 6)), y), colour, 1)
    return image


def coarse(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Resolution lost and brought back, as a small copy of a picture has it."""
    size = max(16, round(len(image) * rng.uniform(0.35, 0.85)))
    small = cv2.resize(image, (size, size), interpolation=cv2.INTER_AREA)
    return cv2.resize(small, image.shape[1::-1], interpolation=cv2.INTER_LINEAR)


def compressed(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """As JPEG leaves it, from hardly to badly."""
    quality = [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(15, 85))]
    _, stream = cv2.imencode(".jpg", cv2.cvtColor(image, cv2.COLOR_RGB2BGR), quality)
    return cv2.cvtColor(cv2.imdecode(stream, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB)


def tinted(image: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Another hue and saturation, as another stain, lamp or camera gives."""
    hsv = cv2.cvtColor(image, cv2.COLOR_RGB2HSV)
    hsv[..., 0] = (hsv[..., 0].astype(np.int16) + int(rng.integers(-14, 15))) % 180
    hsv[..., 1] = np.clip(hsv[..., 1] * rng.uniform(0.6, 1.4), 0, 255)
    return cv2.cvtColor(hsv, cv2.COLOR_HSV2RGB)


def joined(one: Both, other: Both, rng: np.random.Generator) -> Both:
    """A mosaic: a part of one picture beside a part of another, equally large; cut at random."""
    size = len(one[1])
    cut = int(rng.uniform(0.3, 0.7) * size)
    image, mask = one[0].copy(), one[1].copy()
    if rng.random() < 0.5:
        image[cut:], mask[cut:] = other[0][cut:], other[1][cut:]
    else:
        image[:, cut:], mask[:, cut:] = other[0][:, cut:], other[1][:, cut:]
    return image, mask
