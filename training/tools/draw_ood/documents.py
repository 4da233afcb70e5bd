"""Painters of what is made to be read: letters, screens, charts."""

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
