"""Painters of worn or wet surfaces and of scenes by other eyes: rust, rain, leather, heat."""

import cv2
import numpy as np

from tools.draw_ood.drawing import (
    cells,
    colour,
    ellipse,
    finish,
    fractal,
    joints,
    ramp,
    unit_square,
)


def rust(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Rusting metal with peeling paint: flakes with bright rims and shadows, runs of brown."""
    paint = np.array(colour(rng, 60, 240))
    rough = fractal(rng, edge, rng.uniform(0.8, 1.3))
    iron = ramp(rough, (55, 28, 20), (150, 75, 35), (205, 120, 60))
    peel = fractal(rng, edge, rng.uniform(1.3, 1.8)) - rng.uniform(0.35, 0.65)
    coat = paint * (0.85 + 0.2 * fractal(rng, edge, 1.8))[..., None]
    canvas = np.where((peel > 0)[..., None], coat, iron)
    shift = max(1, edge // 80)
    shadow = (np.roll(peel, (shift, shift), (0, 1)) > 0) & (peel <= 0)
    rim = (peel > 0) & (peel < rng.uniform(0.005, 0.03))
    canvas[shadow] *= 0.5
    canvas[rim] = np.clip(paint * 1.25 + 20, 0, 255)
    runs = cv2.blur((peel < -0.05).astype(np.float32), (3, edge // 4)) * (0.3 + rough)
    stain = (peel > 0) * runs * rng.uniform(0, 0.9)
    canvas += (np.array((135, 70, 30)) - canvas) * stain[..., None]
    return finish(canvas, rng, 1.0)


def rain(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Drops on a window: each a small lens with a dark rim and a highlight before a soft view."""
    y, _ = unit_square(edge)
    sky, land = np.array(colour(rng, 30)), np.array(colour(rng, 10, 160))
    canvas = ramp(y + 0.5 + 0.8 * (fractal(rng, edge, 2.2) - 0.5), tuple(sky), tuple(land))
    for _ in range(int(rng.integers(0, 12))):
        at, size = rng.uniform(0, edge, 2), edge * rng.uniform(0.02, 0.08)
        ellipse(canvas, rng, at, (size, size), tuple(float(v) for v in colour(rng, 120)))
    canvas = cv2.GaussianBlur(canvas, (0, 0), edge * rng.uniform(0.02, 0.05))
    upside = canvas[::-1].copy()
    scale = rng.uniform(0.008, 0.025) * edge
    for size in np.sort(scale * (0.4 + rng.gamma(1, 1, int(rng.integers(60, 350))))):
        cx, cy = (int(v) for v in rng.uniform(0, edge - 1, 2))
        tone, axes = upside[cy, cx], (max(1, int(size)), max(1, int(size * rng.uniform(1, 1.4))))
        cv2.ellipse(canvas, (cx, cy), axes, 0, 0, 360, (tone * 0.45).tolist(), -1)
        inner = tuple(max(1, int(v * 0.8)) for v in axes)
        cv2.ellipse(canvas, (cx, cy + axes[1] // 6), inner, 0, 0, 360, tone.tolist(), -1)
        if size > 2:
            glint = (cx - axes[0] // 3, cy - axes[1] // 3)
            cv2.circle(canvas, glint, max(1, int(size / 5)), (245.0, 245.0, 245.0), -1)
    return finish(canvas, rng, 1.0)


def leather(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Leather or a reptile's hide: small raised cells, creases, perhaps a seam with stitches."""
    distance, label = cells(rng, edge, int(rng.integers(150, 1500)))
    tone = np.array([rng.uniform(90, 235), rng.uniform(50, 190), rng.uniform(30, 165)])
    gaps = cv2.GaussianBlur(joints(label, 2).astype(np.float32), (0, 0), rng.uniform(0.6, 1.4))
    height = cv2.GaussianBlur(distance, (0, 0), 1) / max(1, float(distance.mean()))
    creases = np.abs(np.sin(rng.uniform(4, 14) * fractal(rng, edge, 1.8)))
    shade = 1.15 - rng.uniform(0.3, 0.6) * gaps - 0.12 * height
    shade = shade - rng.uniform(0, 0.5) * np.exp(-creases * 12)
    slope = np.gradient(height, axis=1) * rng.uniform(0, 0.4)
    canvas = tone * ((shade + slope) * (0.7 + 0.6 * fractal(rng, edge, 2)))[..., None]
    canvas = canvas.astype(np.float32)
    if rng.random() < 0.5:
        at, thread = int(edge * rng.uniform(0.2, 0.8)), colour(rng, 120)
        canvas[:, at : at + edge // 60 + 1] *= 0.4
        pitch = max(4, int(edge * rng.uniform(0.03, 0.07)))
        for top in range(0, edge, pitch):
            ends = (at - edge // 25, top), (at - edge // 25, top + pitch * 2 // 3)
            cv2.line(canvas, *ends, tuple(map(float, thread)), 1 + edge // 100)
    shine = np.clip(fractal(rng, edge, 2) - 0.6, 0, 1) * rng.uniform(0, 250)
    return finish(np.rot90(canvas + shine[..., None], int(rng.integers(4))), rng, 1.0)


def marble(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Polished stone: clouds and thin veins that cross, perhaps cut into slabs."""
    pale, deep = np.array(colour(rng, 130)), np.array(colour(rng, 20, 160))
    if rng.random() < 0.5:
        pale = rng.uniform(190, 245) + rng.normal(0, 8, 3)
    level = fractal(rng, edge, rng.uniform(1.4, 2)) * rng.uniform(0.3, 1)
    canvas = ramp(level, tuple(pale), tuple(pale * 0.6 + deep * 0.4))
    for _ in range(int(rng.integers(1, 5))):
        field = fractal(rng, edge, rng.uniform(1.6, 2.1))
        vein = np.exp(-np.abs(field - rng.uniform(0.3, 0.7)) / rng.uniform(0.003, 0.02))
        worn = np.clip(1.6 * fractal(rng, edge, 1.6) - 0.3, 0, 1)
        canvas += (deep - canvas) * (vein * worn)[..., None]
    if rng.random() < 0.3:
        half = int(edge * rng.uniform(0.3, 0.7))
        canvas[:, half:] = canvas[::-1, half:].copy()
        canvas[:, half : half + 2] *= 0.5
    return finish(canvas, rng, 1.0, 5)


def infrared(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A heat camera's scene: people, a house or engines in false colours, a scale, a cross."""
    y, x = unit_square(edge)
    heat = 0.15 + 0.2 * fractal(rng, edge, 1.9) + rng.uniform(-0.1, 0.2) * y
    heat = heat.astype(np.float32)
    for _ in range(int(rng.integers(1, 5))):
        warm, cx, size = (
            rng.uniform(0.6, 0.95),
            rng.uniform(0.15, 0.85) * edge,
            rng.uniform(0.05, 0.16),
        )
        if rng.random() < 0.6:
            top, size = edge * rng.uniform(0.15, 0.5), size * edge
            ellipse(heat, rng, (cx, top), (size * 0.8, size), warm)
            body = cv2.boxPoints(((cx, top + size * 3), (size * 2.6, size * 4), 0.0))
            cv2.fillPoly(heat, [body.astype(np.int32)], float(warm * rng.uniform(0.7, 0.9)))
        else:
            box = rng.uniform(0, 0.8, 2) * edge
            ends = (box + rng.uniform(0.1, 0.5, 2) * edge).astype(int).tolist()
            corner = tuple(box.astype(int).tolist())
            cv2.rectangle(heat, corner, tuple(ends), float(warm * rng.uniform(0.4, 1)), -1)
    heat = cv2.GaussianBlur(heat, (0, 0), edge * rng.uniform(0.008, 0.03))
    palettes = (
        ((0, 0, 30), (90, 0, 140), (220, 60, 60), (255, 170, 20), (255, 255, 220)),
        ((0, 0, 90), (0, 160, 220), (60, 200, 60), (250, 220, 40), (220, 30, 20)),
        ((0, 0, 0), (120, 20, 0), (230, 90, 0), (255, 210, 60), (255, 255, 255)),
    )
    stops = palettes[rng.integers(3)]
    heat = heat + rng.normal(0, 0.02, heat.shape)
    canvas = ramp(heat, *stops)
    if rng.random() < 0.7:
        scale = (np.abs(x - 0.44) < 0.02) & (np.abs(y) < 0.35)
        canvas = np.where(scale[..., None], ramp(0.5 - y / 0.7, *stops), canvas)
    image = finish(canvas, rng, 1.2, 4)
    if rng.random() < 0.7:
        cv2.drawMarker(image, (edge // 2, edge // 2), (255, 255, 255), 0, edge // 10, 1)
        text, at = f"{rng.uniform(20, 90):.1f} C", (edge // 40, edge // 10)
        cv2.putText(image, text, at, 0, edge / 400, (255, 255, 255), 1, cv2.LINE_AA)
    return image
