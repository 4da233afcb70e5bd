"""Painters of cross-sections: body, head, joint."""

import cv2
import numpy as np

from tools.draw_ood.drawing import ellipse, fractal, grey_to_rgb


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


def joint(rng: np.random.Generator, edge: int) -> np.ndarray:
    """An MR section of a joint: two bone ends with a bright or dark gap, muscle, coil shading."""
    canvas = np.full((edge, edge), rng.uniform(0, 10), np.float32)
    middle, width = edge / 2 + rng.normal(0, edge * 0.05), edge * rng.uniform(0.25, 0.45)
    left, right = int(middle - width), int(middle + width)
    cv2.rectangle(canvas, (left, 0), (right, edge), rng.uniform(40, 120), -1)
    for _ in range(rng.integers(3, 9)):
        x = int(rng.uniform(left, right))
        thickness = int(rng.integers(1, max(2, edge // 14)))
        shift = int(rng.normal(0, edge * 0.08))
        cv2.line(canvas, (x, 0), (x + shift, edge), rng.uniform(10, 230), thickness)
    bone, gap = rng.uniform(20, 240), edge * rng.uniform(0.01, 0.05)
    for side in (-1, 1):
        at = (middle, edge / 2 + side * (gap + edge * 0.13))
        radius = (width * rng.uniform(0.6, 0.9), edge * rng.uniform(0.11, 0.15))
        cv2.ellipse(canvas, tuple(map(int, at)), tuple(map(int, radius)), 0, 0, 360, bone, -1)
        shaft = int(width * rng.uniform(0.3, 0.5))
        end = 0 if side < 0 else edge
        corner = (int(middle) - shaft, min(int(at[1]), end))
        cv2.rectangle(canvas, corner, (int(middle) + shaft, max(int(at[1]), end)), bone, -1)
    shading = 0.6 + 0.7 * fractal(rng, edge, 2.2)
    canvas = cv2.GaussianBlur(canvas, (0, 0), rng.uniform(0.6, 1.6)) * shading
    image = canvas + rng.normal(0, rng.uniform(1, 12), canvas.shape)
    return grey_to_rgb(np.rot90(image, int(rng.integers(4))))


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
