"""Held-out kinds from the laboratory and from weather: gels, welds, cultures, cyclones, ice."""

import cv2
import numpy as np

from tools.draw_ood.drawing import (
    Painter,
    blend,
    finish,
    fractal,
    grey_to_rgb,
    unit_square,
)


def muted(rng: np.random.Generator, low: int = 20, high: int = 235) -> tuple[int, int, int]:
    """A colour as things have them: a grey tinted a little, now and then a bright one."""
    strength = rng.choice((6, 18, 30, 55), p=(0.3, 0.35, 0.25, 0.1))
    tint = rng.normal(0, strength, 3) + strength * rng.uniform(-0.3, 0.9) * np.array((1, 0, -1))
    return tuple(int(v) for v in np.clip(rng.uniform(low, high) + tint, 0, 255))


def gel_lanes(rng: np.random.Generator, edge: int) -> np.ndarray:
    """An electrophoresis gel: wells in a row, a ladder, bands that smear and smile."""
    y, x = unit_square(edge)
    lanes = int(rng.integers(5, 16))
    pitch = 0.94 / lanes
    runs = y + 0.5 + rng.uniform(-0.15, 0.15) * x**2 + 0.02 * (fractal(rng, edge, 3) - 0.5)
    glow = np.zeros((edge, edge))
    rungs = np.sort(0.15 + 0.75 * np.cumsum(rng.uniform(0.3, 1, 11)) / 8)
    alike = rng.uniform(0.2, 0.9, int(rng.integers(1, 5)))
    for lane in range(lanes):
        middle = -0.47 + (lane + 0.5) * pitch
        left = max(0, int((middle - pitch / 2 + 0.5) * edge))
        strip = np.s_[:, left : left + int(pitch * edge) + 2]
        inside = np.clip((0.4 * pitch - np.abs(x[strip] - middle)) * edge * 0.4, 0, 1)
        run = runs[strip]
        if lane in (0, lanes - 1):
            bands = [(at, rng.uniform(0.4, 0.8)) for at in rungs]
        else:
            extra = rng.uniform(0.2, 0.9, int(rng.integers(0, 4)))
            bands = [(at, rng.uniform(0.1, 1.2)) for at in (*alike, *extra)]
        column = sum(
            power * np.exp(-(((run - at) / rng.uniform(0.006, 0.014)) ** 2)) for at, power in bands
        )
        smear = rng.uniform(0, 0.2) * np.exp(-(((run - rng.uniform(0.3, 0.9)) / 0.25) ** 2))
        well = 0.35 * (np.abs(y[strip] + 0.42) < 0.012)
        glow[strip] += inside * (column + smear + well)
    glow = np.clip(glow, 0, 1) + 0.12 * fractal(rng, edge, 2)
    looks = (
        ((12, 12, 14), (240, 240, 240)),
        ((225, 225, 222), (20, 20, 25)),
        ((200, 215, 238), (30, 40, 140)),
        ((30, 10, 50), (255, 150, 60)),
        ((10, 25, 15), (120, 255, 130)),
    )
    first, second = looks[int(rng.integers(len(looks)))]
    canvas = blend(first, second, np.clip(glow, 0, 1))
    zoom = cv2.getRotationMatrix2D((edge / 2, edge / 2), rng.normal(0, 2), rng.uniform(1, 1.7))
    canvas = cv2.warpAffine(canvas, zoom, (edge, edge), borderMode=cv2.BORDER_REFLECT)
    return finish(canvas, rng, 1.0)


def pollen(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Pollen under the electron microscope: grey grains with spines, nets or furrows."""
    ground = fractal(rng, edge, rng.uniform(1.2, 2))
    canvas = 20 + rng.uniform(30, 90) * ground
    y, x = unit_square(edge)
    kind, number = int(rng.integers(3)), int(rng.choice((1, 2, 4, 8, 14)))
    for _ in range(number):
        size = rng.uniform(0.2, 0.36) / number**0.42
        cx, cy = rng.uniform(-0.45, 0.45, 2) * (0.3 if number == 1 else 1)
        turn, squeeze = rng.uniform(0, np.pi), rng.uniform(0.7, 1)
        dx, dy = (x - cx) / size, (y - cy) / size
        u, v = dx * np.cos(turn) + dy * np.sin(turn), dy * np.cos(turn) - dx * np.sin(turn)
        v = v / squeeze
        far = np.hypot(u, v)
        depth = np.sqrt(np.clip(1 - far**2, 0, 1))
        lit = 95 + 50 * (1 - depth) ** 1.5 - 30 * (dx + dy) * depth + 25 * depth
        bulge = np.arcsin(np.clip(far, 0, 1)) / (far + 1e-6)
        if kind == 1:
            net = np.sin(u * bulge * 9 + 1.5 * np.sin(v * bulge * 8)) * np.sin(v * bulge * 9)
            lit = lit + 55 * (np.abs(net) < 0.22) - 35 * (np.abs(net) > 0.5)
        elif kind == 2:
            furrow = np.exp(-(((np.abs(v * bulge) - 0.35 * np.cos(u * bulge)) / 0.1) ** 2))
            lit = lit - 70 * furrow + 40 * (fractal(rng, edge, 0.8) - 0.5)
        inside = np.clip((1 - far) * size * edge, 0, 1)
        canvas *= 1 - 0.5 * np.exp(-((np.clip(far - 1, 0, 9) / 0.25) ** 2)) * (1 - inside)
        canvas = (canvas * (1 - inside) + lit * inside).astype(np.float32)
        if kind == 0:
            count = 90
            height = 1 - (np.arange(count) + 0.5) / count
            spin = np.arange(count) * 2.39996 + turn
            for tall, angle in zip(height[::-1], spin[::-1], strict=True):
                ring = np.sqrt(1 - tall**2)
                out = np.array([np.cos(angle), np.sin(angle)]) * ring
                skew = np.array([-out[1], out[0]]) * 0.05 / max(ring, 0.3)
                base, tip = out * 0.95, out * 1.2 + (0, -0.08 * tall)
                spine = np.stack([base - skew, base + skew, tip]) * size + (cx, cy) + 0.5
                tone = 150 + 80 * ring + 10 * rng.standard_normal()
                cv2.fillPoly(canvas, [(spine * edge).astype(np.int32)], float(tone))
    canvas = np.clip(canvas * rng.uniform(0.7, 1.2), 0, 255).astype(np.uint8)
    if rng.random() < 0.5:
        low = int(edge * rng.uniform(0.9, 0.94))
        canvas[low:] = 8
        cv2.line(canvas, (edge * 7 // 10, low + 4), (edge * 9 // 10, low + 4), 245, 1)
        cv2.putText(canvas, "20 um", (4, edge - 3), 0, edge / 700, 240, 1)
    return finish(canvas, rng, 1.0, 14)


def weld_radiograph(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A film of a welded seam: a rippled bead across plates, pores, lead marks, a wire gauge."""
    y, x = unit_square(edge)
    seam = y - rng.uniform(-0.12, 0.12) - 0.02 * np.sin(x * rng.uniform(2, 9))
    wide = rng.uniform(0.07, 0.18) * (1 + 0.1 * (fractal(rng, edge, 2) - 0.5))
    bead = np.clip(1 - (np.abs(seam) / wide) ** rng.uniform(2, 5), 0, 1)
    ripple = np.sin(2 * np.pi * (x + (seam / wide) ** 2 * 0.05) * rng.uniform(12, 34))
    film = rng.uniform(50, 130) + rng.uniform(-60, 60) * x + 15 * fractal(rng, edge, 2)
    film = film + bead * (rng.uniform(35, 90) + rng.uniform(2, 12) * ripple)
    film = film - rng.uniform(0, 30) * np.exp(-(((np.abs(seam) - wide) / 0.012) ** 2))
    film = np.ascontiguousarray(film, np.float32)
    dark = float(film.min() + 10)
    centre = 0.5 + float(np.mean(y - seam))
    for _ in range(int(rng.choice((0, 6, 30)))):
        spot = (rng.uniform(0, edge), edge * (centre + rng.normal(0, wide.mean() * 0.4)))
        radius = max(1, int(edge * rng.uniform(0.002, 0.012)))
        cv2.circle(film, (int(spot[0]), int(spot[1])), radius, dark, -1)
    if rng.random() < 0.4:
        start, long = rng.uniform(0, 0.6), rng.uniform(0.1, 0.4)
        steps = np.linspace(start, start + long, 9)
        crack = np.stack([steps, centre + rng.normal(0, 0.006, 9)], axis=1) * edge
        cv2.polylines(film, [crack.astype(np.int32)], False, dark, max(1, edge // 150))
    lead = np.zeros((edge, edge), np.uint8)
    for side in rng.permutation((0.1, 0.93))[: int(rng.integers(1, 3))]:
        text = "".join(rng.choice(list("ABFRW0123456789-"), int(rng.integers(2, 9))))
        at = (int(edge * rng.uniform(0.03, 0.5)), int(edge * side))
        cv2.putText(lead, text, at, 0, edge / 320, 255, max(1, edge // 110))
    if rng.random() < 0.6:
        left, gap = rng.uniform(0.1, 0.6), rng.uniform(0.025, 0.045)
        for wire in range(6):
            column = int(edge * (left + wire * gap))
            ends = [(column, int(edge * (centre + s * 0.24))) for s in (-1, 1)]
            cv2.line(film, *ends, float(film.mean() + 30 - 3 * wire), 1)
    film = np.where(lead > 90, rng.uniform(215, 255), film)
    if rng.random() < 0.3:
        film = 255 - film
    return finish(np.rot90(film, int(rng.choice((0, 0, 0, 1)))), rng, 1.2, 12)


def diffraction(rng: np.random.Generator, edge: int) -> np.ndarray:
    """X-ray or electron diffraction: lattice spots or powder rings about a beam stop."""
    y, x = unit_square(edge)
    cx, cy = rng.uniform(-0.06, 0.06, 2)
    far = np.hypot(x - cx, y - cy)
    image = rng.uniform(0.1, 0.5) * np.exp(-far / rng.uniform(0.06, 0.25)).astype(np.float32)
    kind = int(rng.integers(3))
    if kind != 1:
        a, turn = rng.uniform(0.035, 0.1), rng.uniform(0, np.pi)
        skew, ratio = rng.choice((np.pi / 2, np.pi / 3, 1.3)), rng.uniform(0.8, 1.6)
        basis = a * np.array(
            [
                (np.cos(turn), np.sin(turn)),
                (ratio * np.cos(turn + skew), ratio * np.sin(turn + skew)),
            ]
        )
        order = np.stack(np.mgrid[-20:21, -20:21], axis=-1).reshape(-1, 2)
        spots = order @ basis
        reach = np.linalg.norm(spots, axis=1)
        if kind == 2:
            lune = np.abs(np.sin(reach * rng.uniform(20, 45) + spots[:, 0] * 9)) > 0.5
            spots, reach = spots[lune], reach[lune]
        power = rng.gamma(1.2, 1, len(spots)) * np.exp(-((reach / rng.uniform(0.25, 0.5)) ** 2))
        dots = np.zeros_like(image)
        size = max(1, int(edge * rng.uniform(0.006, 0.012)))
        for (px, py), bright in zip(spots, power, strict=True):
            at = (int((px + cx + 0.5) * edge), int((py + cy + 0.5) * edge))
            if bright > 0.03 and min(at) >= 0 and max(at) < edge:
                cv2.circle(dots, at, size, float(min(bright, 1.5)), -1)
        image += cv2.GaussianBlur(dots, (0, 0), size * 0.6) * 1.4
    else:
        for radius in np.sort(rng.uniform(0.08, 0.55, int(rng.integers(4, 12)))):
            width = rng.uniform(0.003, 0.008)
            image += rng.uniform(0.1, 0.8) * np.exp(-(((far - radius) / width) ** 2))
        grain = rng.random((edge, edge)) ** rng.uniform(0.1, 1.5)
        image *= 0.3 + 0.9 * cv2.GaussianBlur(grain, (0, 0), 0.7)
    if rng.random() < 0.7:
        stop = (int((cx + 0.5) * edge), int((cy + 0.5) * edge))
        cv2.circle(image, stop, int(edge * rng.uniform(0.02, 0.045)), 0.02, -1)
        if rng.random() < 0.6:
            end = [(edge // 2, edge), (edge, edge // 2), (0, 0)][int(rng.integers(3))]
            cv2.line(image, stop, end, 0.03, max(2, edge // 50))
    image = np.clip(image + 0.05, 0, 1)
    if rng.random() < 0.4:
        image = 1 - 0.85 * image
    if rng.random() < 0.15:
        return finish(blend((0, 10, 30), (150, 255, 190), image), rng, 0.8)
    return grey_to_rgb(finish(image * 250, rng, 0.8, 10)[..., 0])


def petri_dish(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Colonies on agar in a round dish: scattered or streaked, a glassy rim, a bench below."""
    y, x = unit_square(edge)
    size = rng.uniform(0.34, 0.6)
    cx, cy = rng.uniform(-0.04, 0.04, 2)
    far = np.hypot(x - cx, y - cy)
    jelly = ((150, 25, 25), (225, 195, 120), (200, 110, 130), (110, 70, 50), (215, 215, 195))
    jelly = np.array(jelly[int(rng.integers(5))]) + rng.normal(0, 14, 3)
    agar = jelly * (0.85 + 0.25 * fractal(rng, edge, 2.4) - 0.5 * x * rng.uniform(-1, 1))[..., None]
    agar = np.ascontiguousarray(agar, np.float32)
    tints = [np.array(muted(rng, 130, 245), float) for _ in range(int(rng.integers(1, 4)))]
    number, body = int(rng.integers(15, 160)), edge * rng.uniform(0.006, 0.022)
    angle, reach = rng.uniform(0, 2 * np.pi, number), size * 0.9 * np.sqrt(rng.random(number))
    spots = np.stack([cx + reach * np.cos(angle), cy + reach * np.sin(angle)], axis=1)
    if rng.random() < 0.4:
        swing = np.linspace(0, rng.uniform(20, 45), 900)
        down = np.linspace(-0.85, 0.85, 900) * size
        across = np.sqrt(np.clip(size**2 - down**2, 0, None)) * 0.85 * np.sin(swing)
        keep = rng.random(900) < np.linspace(1, rng.uniform(0.02, 0.3), 900)
        spots = np.stack([cx + across, cy + down], axis=1)[keep] + rng.normal(
            0, 0.004, (keep.sum(), 2)
        )
    for spot in ((spots + 0.5) * edge).astype(int):
        tint, radius = (
            tints[int(rng.integers(len(tints)))],
            max(1, int(body * rng.uniform(0.6, 1.4))),
        )
        cv2.circle(agar, spot.tolist(), radius, (tint * 0.7).tolist(), -1, cv2.LINE_AA)
        shift = (spot - radius // 4).tolist()
        cv2.circle(agar, shift, max(1, int(radius * 0.75)), tint.tolist(), -1, cv2.LINE_AA)
    bench = blend(muted(rng), muted(rng), fractal(rng, edge, rng.uniform(2, 3)))
    inside = np.clip((size - far) * edge, 0, 1)[..., None]
    canvas = bench * (1 - inside) + agar * inside
    light = np.cos(np.arctan2(y - cy, x - cx) - rng.uniform(0, 6))
    for ring, power in ((size, 110), (size * 1.045, 80), (size * 0.955, -50)):
        glass = np.exp(-(((far - ring) / 0.008) ** 2)) * power * (0.6 + 0.5 * light)
        canvas = canvas + glass[..., None]
    if rng.random() < 0.4:
        sheen = np.exp(-(((x * 0.8 + y - rng.uniform(-0.2, 0.2)) / 0.06) ** 2)) * inside[..., 0]
        canvas = canvas + rng.uniform(10, 60) * sheen[..., None]
    return finish(canvas, rng, 1.2)


def hurricane(rng: np.random.Generator, edge: int) -> np.ndarray:
    """A cyclone from orbit: cloud bands wound about an eye, over the sea and some land."""
    y, x = unit_square(edge)
    x, y = x - rng.uniform(-0.15, 0.15), (y - rng.uniform(-0.15, 0.15)) * rng.uniform(1, 1.3)
    radius, hand = np.hypot(x, y) + 1e-3, rng.choice((-1.0, 1.0))
    wind = hand * rng.uniform(1.3, 2.6) * np.log(radius / 0.5)
    angle = np.arctan2(y, x) + wind
    reach = radius * edge * 0.7
    puffs = fractal(rng, edge, rng.uniform(1.2, 1.6)).astype(np.float32)
    at = [(edge / 2 + reach * f(angle)).astype(np.float32) for f in (np.cos, np.sin)]
    puffs = cv2.remap(puffs, *at, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
    arms = 0.5 + 0.5 * np.cos(int(rng.integers(1, 4)) * angle + rng.uniform(0, 6))
    size = rng.uniform(0.3, 0.5)
    core = np.exp(-((radius / (size * 0.55)) ** 2))
    cloud = core + (0.3 + 0.8 * arms) * np.exp(-((radius / size) ** 3)) * 0.8
    cloud = cloud * (0.5 + puffs) + 0.6 * (puffs - 0.55)
    cloud *= 1 - np.exp(-((radius / rng.uniform(0.012, 0.035)) ** 4))
    deep = (int(rng.integers(5, 35)), int(rng.integers(20, 80)), int(rng.integers(40, 120)))
    sea = blend((5, 20, 50), deep, np.clip(y + 0.5, 0, 1))
    ground = fractal(rng, edge, 2.2) > rng.uniform(0.6, 1)
    sea = np.where(ground[..., None], (95, 90, 55), sea)
    share = np.clip(cloud * rng.uniform(0.9, 1.4), 0, 1)[..., None]
    slope = np.gradient(cv2.GaussianBlur(cloud, (0, 0), 1.0), axis=1) * edge / 100
    lit = 238 * (0.92 + 0.25 * np.tanh(slope))[..., None] * np.ones(3)
    canvas = sea * (1 - share) + lit * share
    if rng.random() < 0.3:
        canvas = canvas.mean(axis=2)
    return finish(canvas, rng, 0.8, 6)


def snowflakes(rng: np.random.Generator, edge: int) -> np.ndarray:
    """Ice crystals under a loupe: six branched arms each, pale on a blue, dark or grey ground."""
    dim = muted(rng, 0, 110)
    ground = blend(dim, (dim[0] // 2, dim[1], min(255, dim[2] + 70)), fractal(rng, edge, 2.4))
    ice = np.zeros((edge, edge), np.uint8)
    number = int(rng.choice((1, 1, 2, 3, 6, 12)))
    for _ in range(number):
        spread = 0.06 if number == 1 else 0.36
        at = edge * (0.5 + rng.uniform(-spread, spread, 2))
        long = edge * rng.uniform(0.3, 0.46) / np.sqrt(number) ** 0.8
        turn, width = rng.uniform(0, np.pi / 3), max(1, int(long * rng.uniform(0.03, 0.07)))
        twigs = [(s, rng.uniform(0.15, 0.5)) for s in rng.uniform(0.2, 0.95, rng.integers(2, 8))]
        plate = long * rng.uniform(0.08, 0.35)
        for arm in range(6):
            angle = turn + arm * np.pi / 3
            ahead = np.array([np.cos(angle), np.sin(angle)])
            tip = (at + long * ahead).astype(int).tolist()
            cv2.line(ice, at.astype(int).tolist(), tip, 235, width, cv2.LINE_AA)
            for share, size in twigs:
                start = at + share * long * ahead
                for side in (-np.pi / 3, np.pi / 3):
                    aside = np.array([np.cos(angle + side), np.sin(angle + side)])
                    end = start + aside * long * size * (1.15 - share)
                    ends = (start.astype(int).tolist(), end.astype(int).tolist())
                    cv2.line(ice, *ends, 200, max(1, width - 1), cv2.LINE_AA)
        angles = turn + np.arange(6) * np.pi / 3
        corners = at + plate * np.stack([np.cos(angles), np.sin(angles)], axis=1)
        cv2.polylines(ice, [corners.astype(np.int32)], True, 250, width, cv2.LINE_AA)
    share = ice.astype(np.float32) / 255
    edges = np.abs(np.gradient(cv2.GaussianBlur(share, (0, 0), 1))[0])
    share = np.clip(share * (0.6 + 0.5 * fractal(rng, edge, 1.2)) + 0.3 * edges, 0, 1)[..., None]
    glow = cv2.GaussianBlur(share, (0, 0), edge / 40)[..., None] * rng.uniform(0, 60)
    return finish(ground * (1 - share) + 248 * share + glow, rng, 1.2, 6)


HELD_OUT_SCIENCE: dict[str, Painter] = {
    "gel_lanes": gel_lanes,
    "pollen": pollen,
    "weld_radiograph": weld_radiograph,
    "diffraction": diffraction,
    "petri_dish": petri_dish,
    "hurricane": hurricane,
    "snowflakes": snowflakes,
}
