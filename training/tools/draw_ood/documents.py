"""Painters of what is made to be read: letters, maps, signs."""

import cv2
import numpy as np

from tools.draw_ood.drawing import colour, fractal


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


def street_map(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Areas, contour lines and roads of several widths, with names."""
    canvas = np.full((edge, edge, 3), colour(rng, 180), np.uint8)
    field = fractal(rng, edge, rng.uniform(1.4, 2.2))
    for _ in range(rng.integers(0, 4)):
        canvas[field > rng.uniform(0.5, 0.9)] = colour(rng, 100)
    if rng.random() < 0.5:
        lines = np.abs(np.sin(field * rng.uniform(15, 60))) < 0.12
        canvas[lines] = colour(rng, 60, 200)
    for _ in range(rng.integers(4, 20)):
        a, b = rng.integers(-edge // 4, edge * 5 // 4, (2, 2))
        width = int(rng.integers(1, 8))
        cv2.line(canvas, tuple(a.tolist()), tuple(b.tolist()), (120, 120, 120), width + 1)
        cv2.line(canvas, tuple(a.tolist()), tuple(b.tolist()), colour(rng, 150), width)
    for _ in range(rng.integers(0, 8)):
        left, top = (int(v) for v in rng.integers(0, edge, 2))
        write_lines(canvas, rng, (left, top, left + edge // 4, top + 12), colour(rng, 0, 90))
    return canvas


def signs(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A few large flat shapes and letters on one colour: logos, icons, markers."""
    canvas = np.full((edge, edge, 3), colour(rng), np.uint8)
    for _ in range(rng.integers(1, 7)):
        at = tuple(int(v) for v in rng.integers(0, edge, 2))
        size = int(edge * rng.uniform(0.05, 0.4))
        thickness = -1 if rng.random() < 0.7 else int(rng.integers(1, 12))
        kind = rng.integers(4)
        if kind == 0:
            cv2.circle(canvas, at, size, colour(rng), thickness, cv2.LINE_AA)
        elif kind == 1:
            cv2.rectangle(canvas, at, (at[0] + size, at[1] + size), colour(rng), thickness)
        elif kind == 2:
            corners = np.array(at) + rng.normal(0, size, (int(rng.integers(3, 8)), 2))
            cv2.fillPoly(canvas, [corners.astype(np.int32)], colour(rng), cv2.LINE_AA)
        else:
            letter = chr(int(rng.integers(65, 91)))
            scale, weight = size / 14, int(rng.integers(1, 12))
            cv2.putText(canvas, letter, at, cv2.FONT_HERSHEY_DUPLEX, scale, colour(rng), weight)
    return cv2.GaussianBlur(canvas, (0, 0), rng.uniform(1, 4)) if rng.random() < 0.3 else canvas
