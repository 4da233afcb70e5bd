"""Painters of radiographs of other parts than the chest: belly and hips."""

import cv2
import numpy as np

from tools.draw_ood.drawing import ellipse, finish, fractal, unit_square


def developed(canvas: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Softens, exposes and grains a drawn film; often adds a side mark, seldom inverts it."""
    edge = len(canvas)
    centre = tuple(edge * rng.normal(0.5, 0.05, 2))
    turn = cv2.getRotationMatrix2D(centre, rng.normal(0, 5), rng.uniform(0.9, 1.5))
    canvas = cv2.warpAffine(canvas, turn, (edge, edge), borderMode=cv2.BORDER_REPLICATE)
    canvas = cv2.GaussianBlur(canvas, (0, 0), edge * rng.uniform(0.006, 0.014))
    canvas = canvas * (0.85 + 0.3 * fractal(rng, edge, rng.uniform(1.2, 1.8)))
    canvas = 255 * np.clip(canvas / 255, 0, 1) ** rng.uniform(0.7, 1.4)
    image = finish(canvas, rng, 1.0, 9)
    if rng.random() < 0.5:
        at = (int(edge * rng.choice([0.06, 0.86])), int(edge * rng.choice([0.1, 0.9])))
        mark, white = str(rng.choice(["R", "L"])), (250, 250, 250)
        cv2.putText(image, mark, at, 0, edge / 300, white, 1 + edge // 160)
    return 255 - image if rng.random() < 0.1 else image


def abdomen(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A belly film: a column of vertebrae, low ribs, hip wings, dark gas in the bowel."""
    _, x = unit_square(edge)
    soft = rng.uniform(80, 140)
    flank = np.clip((rng.uniform(0.4, 0.52) - np.abs(x)) * 12, 0, 1)
    canvas = (rng.uniform(3, 25) + soft * flank * (1 - 0.25 * np.abs(x))).astype(np.float32)
    for _ in range(int(rng.integers(5, 22))):
        at = rng.normal((0.5, 0.52), (0.17, 0.17)) * edge
        size = edge * rng.uniform(0.02, 0.09, 2)
        ellipse(canvas, rng, at, size, soft * rng.uniform(0.3, 0.7))
    bone, pitch = soft * rng.uniform(1.3, 1.7), edge * rng.uniform(0.085, 0.12)
    tilt, wide = rng.normal(0, 0.04), edge * rng.uniform(0.05, 0.07)
    for i in range(int(0.8 * edge / pitch)):
        cx, cy = edge * 0.5 + tilt * (i * pitch - edge / 2), i * pitch
        box = cv2.boxPoints(((cx, cy), (2 * wide, pitch * 0.8), rng.normal(0, 3)))
        cv2.fillPoly(canvas, [box.astype(np.int32)], float(bone))
        cv2.circle(canvas, (int(cx), int(cy)), max(1, int(wide * 0.25)), float(bone * 1.2), -1)
        spread = (int(wide * 1.9), max(1, int(pitch * 0.12)))
        cv2.ellipse(canvas, (int(cx), int(cy)), spread, 0, 0, 360, float(bone * 0.95), -1)
    for side in (-1, 1):
        for i in range(int(rng.integers(1, 4))):
            rib = (int(edge * (0.5 + side * 0.02)), int(edge * (0.12 * i - 0.1)))
            sweep = (int(edge * (0.36 - 0.03 * i)), int(edge * 0.22))
            ends = (10, 80) if side > 0 else (100, 170)
            cv2.ellipse(canvas, rib, sweep, 0, *ends, float(soft * 1.25), max(2, edge // 45))
        hip = (int(edge * (0.5 + side * 0.27)), int(edge * rng.uniform(0.84, 0.92)))
        wing = (int(edge * 0.14), int(edge * 0.2))
        cv2.ellipse(canvas, hip, wing, side * 25, 0, 360, float(soft * 1.3), -1)
        cv2.ellipse(canvas, hip, wing, side * 25, 0, 360, float(bone * 1.05), max(2, edge // 60))
    return developed(canvas, rng)


def hips(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A pelvis film: two wings, the sacrum, round femoral heads, shafts, perhaps an implant."""
    y, x = unit_square(edge)
    soft, scale = rng.uniform(60, 120), rng.uniform(0.85, 1.1)
    body = np.hypot(x / 0.56, (y + 0.1) / 0.7) < 1
    legs = (np.abs(np.abs(x) - 0.24) < 0.19) & (y > 0)
    canvas = np.where(body | legs, soft, rng.uniform(3, 20)).astype(np.float32)
    bone = soft * rng.uniform(1.5, 1.9)

    def oval(
        cx: float, cy: float, size: tuple, value: float, width: int = -1, turn: int = 0
    ) -> None:
        at = (int(edge * (0.5 + cx * scale)), int(edge * (0.5 + cy * scale)))
        axes = tuple(max(1, int(edge * v * scale)) for v in size)
        cv2.ellipse(canvas, at, axes, turn, 0, 360, float(value), width)

    line, implant = max(2, edge // 50), rng.choice([-1, 1, 0, 0])
    for side in (-1, 1):
        oval(side * 0.25, -0.18, (0.13, 0.21), bone * 0.8, -1, side * 30)
        oval(side * 0.25, -0.18, (0.13, 0.21), bone, line, side * 30)
        oval(side * 0.24, 0.06, (0.1, 0.1), bone * 0.95)
        oval(side * 0.1, 0.2, (0.085, 0.06), bone, line * 2, side * 35)
        foot = (int(edge * (0.5 + side * 0.36 * scale)), int(edge * 1.05))
        knee = (int(edge * (0.5 + side * 0.36 * scale)), int(edge * (0.5 + 0.18 * scale)))
        head = (int(edge * (0.5 + side * 0.25 * scale)), int(edge * (0.5 + 0.07 * scale)))
        metal = 255.0 if side == implant else float(bone)
        cv2.line(canvas, head, knee, metal, int(edge * 0.075))
        cv2.line(canvas, knee, foot, float(bone), int(edge * 0.095))
        cv2.line(canvas, knee, foot, float(bone * 0.8), int(edge * 0.05))
        oval(side * 0.25, 0.07, (0.075, 0.075), min(255.0, metal * 1.15))
        oval(side * 0.25, 0.07, (0.09, 0.09), soft * 0.9, max(1, edge // 110))
    oval(0, -0.12, (0.11, 0.16), bone * 0.85)
    for i in range(4):
        oval(0, -0.5 + 0.09 * i, (0.065, 0.038), bone)
        for side in (-1, 1):
            oval(side * 0.05, -0.2 + 0.06 * i, (0.012, 0.008), soft)
    return developed(canvas, rng)
