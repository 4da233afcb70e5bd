"""Painters of what is set down by hand or by a machine."""

import cv2
import numpy as np

from tools.draw_ood.drawing import colour, finish


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


def ecg(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Heart traces in several leads on squared paper, or bright on a monitor's black."""
    monitor = rng.random() < 0.3
    canvas = np.full((edge, edge, 3), (5, 8, 12) if monitor else colour(rng, 225), np.uint8)
    grid = (25, 45, 35) if monitor else (235, int(rng.integers(150, 205)), 175)
    cell = max(3, edge // int(rng.integers(12, 40)))
    for v in range(0, edge, cell):
        cv2.line(canvas, (v, 0), (v, edge), grid, 1)
        cv2.line(canvas, (0, v), (edge, v), grid, 1)
    leads, x = int(rng.integers(1, 9)), np.arange(edge)
    beat = edge * rng.uniform(0.08, 0.35)
    phase = np.mod(x + rng.uniform(0, beat), beat) / beat
    for lead in range(leads):
        waves = ((0.2, 0.03, 0.15), (0.38, 0.012, 1.0), (0.41, 0.012, -0.35), (0.65, 0.05, 0.3))
        trace = sum(
            high * rng.uniform(0.4, 1.2) * np.exp(-(((phase - at) / wide) ** 2))
            for at, wide, high in waves
        )
        trace = trace * rng.choice([-1, 1], p=[0.2, 0.8]) + rng.normal(0, 0.015, edge)
        y = edge * ((lead + 0.65) / leads - 0.45 / leads * trace)
        ink = colour(rng, 120) if monitor else colour(rng, 0, 70)
        points = np.stack((x, y), axis=1).astype(np.int32)
        cv2.polylines(canvas, [points], False, ink, int(rng.integers(1, 3)), cv2.LINE_AA)
        cv2.putText(canvas, f"V{lead + 1}", (2, int(edge * (lead + 0.3) / leads)), 0, 0.3, ink, 1)
    return canvas


def score(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Sheet music: staves of five lines, notes with stems and beams, bar lines."""
    canvas = np.full((edge, edge, 3), colour(rng, 215), np.uint8)
    ink, gap = colour(rng, 0, 70), max(2, int(edge * rng.uniform(0.015, 0.035)))
    top = int(rng.uniform(1, 5) * gap)
    while top < edge:
        for line in range(5):
            cv2.line(canvas, (0, top + line * gap), (edge, top + line * gap), ink, 1)
        cv2.ellipse(canvas, (2 * gap, top + 2 * gap), (gap, 3 * gap), 20, 0, 300, ink, 1)
        x, previous = 5 * gap, None
        while x < edge:
            at = (x, top + int(rng.integers(-1, 10)) * gap // 2)
            filled = -1 if rng.random() < 0.7 else 1
            cv2.ellipse(canvas, at, (gap * 2 // 3, gap // 2), -20, 0, 360, ink, filled, cv2.LINE_AA)
            stem = (x + gap // 2, at[1] - 3 * gap)
            cv2.line(canvas, (stem[0], at[1]), stem, ink, 1)
            if previous is not None and rng.random() < 0.4:
                cv2.line(canvas, previous, stem, ink, max(2, gap // 2))
            previous = stem
            if rng.random() < 0.15:
                bar = x + gap + gap // 2
                cv2.line(canvas, (bar, top), (bar, top + 4 * gap), ink, 1)
            x += int(gap * rng.uniform(1.8, 4))
        top += int(gap * rng.uniform(9, 14))
    return finish(canvas, rng, 0.8, 5)
