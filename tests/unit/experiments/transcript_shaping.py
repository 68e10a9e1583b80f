"""Experiments 1.2, 1.3 and 1.5 to 1.8, which shape the latent space. 1.1 and 1.4 train nothing."""

from itertools import combinations

from notation import ALL, Plain, autoencoder, evenly, hsv, label, penalty, sheet, terms

LATENTS = "bottleneck"
"""The source measures on the encoder's output. Where nothing is normalized in between, that is the bottleneck too."""

DEGREES = tuple(degrees / 360 for degrees in range(360))

EX_1_2: Plain = {
    "data": hsv(DEGREES[:150] + DEGREES[241:], s=(1,), v=(0.9, 1)),
    "batch": "all",
    "curriculum": None,
    **autoencoder(2, nonlinear=1, hidden=16, activation="relu", normalized=True, output="sigmoid"),
    "terms": {},
    "dopesheet": sheet(500, {"lr": "0.001@0"}),
}
"""538 colors: the band from 150 to 240 degrees is held out, both ends with it. The source adds 1e-8 to the norm that it
divides by, where here the norm is at least 1e-12."""

EX_1_2_ALL_HUES: Plain = EX_1_2 | {"data": hsv(DEGREES, s=(1,), v=(0.9, 1))}
"""Of our own, a control: no band is held out."""

EX_1_3: Plain = {
    "data": hsv(DEGREES, s=(1,), v=sorted({*evenly(10, 0.2, 1), 0.8, 0.9})) | {"bias": "1"},
    "batch": 64,
    "curriculum": {"properties": ("data-phase",), "weight": "1 for the colors of the data-phase, else 0"},
    **autoencoder(3, nonlinear=1, hidden=16, activation="gelu", normalized=False, output="sigmoid"),
    "terms": terms(
        ("reg-unit", LATENTS, ALL, penalty("Unitarity")),
        ("reg-nonplanar", LATENTS, ALL, penalty("AxisAlignedSubspace", dims=(2,), invert=True)),
    ),
    "dopesheet": sheet(
        12000,
        {
            "lr": "5e-05@0 0.01@199 0.01@1999 5e-05@2000 0.01@2199 0.01@3999 3.33e-05@4000 0.01@4299 0.01@6999 "
            "5e-05@7000 0.01@7199 0.01@8999 3.33e-05@9000 0.01@9299 0.01@11999 linear linear",
            "data-phase": "1@0 2@2000 3@4000 4@7000 5@9000 linear step",
            "reg-unit": "0.02@0 0.02@2000 0.05@4000 0.1@7000 0.1@9000 linear step",
            "reg-nonplanar": "0.1@0 0.1@2000 0.02@4000 0.005@7000 0@9000 linear step",
        },
        {"12 hues": 0, "360 hues": 2000, "2 values": 4000, "3 values": 7000, "10 values": 9000},
    ),
}
"""One thing is not as published: a step of the source takes every color of its phase, up to 3600, where here 64 of them
are drawn, each as likely as any other.

The source's learning rate goes "from factor 1/n to 1 over the first n" steps of a phase, n being 200 or 300, which may
mean that step n - 1 or step n has the full rate; here it is n - 1. A third of 0.0001 is written in three digits."""

HUES = tuple(degrees / 360 for degrees in range(0, 360, 10))
TEN_LEVELS = evenly(10, 0, 1)
CUBE = hsv(HUES, TEN_LEVELS, TEN_LEVELS)
COLOR_MLP = autoencoder(4, nonlinear=1, hidden=16, activation="gelu", normalized=False, output="sigmoid")

BY_LEVELS = "levels(S V; data-vibrancies) levels((cos(pi d / 30) + 1) / 2; data-hues)"
PHASES = {"six hues": 0, "all hues": 500, "full space": 5000}

EX_1_6_SMOOTH: Plain = {
    "data": CUBE,
    "batch": 32,
    "curriculum": {"properties": ("data-hues", "data-vibrancies"), "weight": BY_LEVELS},
    **COLOR_MLP,
    "terms": terms(
        ("reg-separate", LATENTS, ALL, penalty("Crowding", dims=(0, 1))),
        ("reg-planar", LATENTS, ALL, penalty("Planarity", dims=(0, 1), invert=False)),
        ("reg-unit", LATENTS, ALL, penalty("Unitarity")),
    )
    | {
        "reg-anchor": {
            "kind": "Drift",
            "name": "reg-anchor",
            "colors": ((1, 0, 0), (1, 1, 0), (0, 1, 0), (0, 1, 1), (0, 0, 1), (1, 0, 1)),
            "action": "anchor",
        }
    },
    "dopesheet": sheet(
        10001,
        {
            "lr": "1e-08@0 0.01@10 0.02@5000 0.001@10000",
            "reg-separate": "0@0 0.2@200 0@500",
            "reg-planar": "0@0 0.4@200 0.2@500 0@1400",
            "reg-unit": "0.01@0 0.25@200 0.25@500 0.5@950 0.25@6500",
            "reg-anchor": "0@0 0@499 0.25@500",
            "data-hues": "0@0 0@500 1@950",
            "data-vibrancies": "0@0 0@5000 1@6500",
        },
        PHASES,
        {"anchor": 500},
    ),
}
EX_1_6_STEPPED: Plain = EX_1_6_SMOOTH | {
    "dopesheet": sheet(
        10001,
        {
            "lr": "1e-08@0 0.01@10 0.01@90 1e-08@100 0.01@110 0.01@290 1e-08@300 0.01@310 0.01@490 1e-08@500 "
            "0.01@510 0.0125@990 1e-08@1000 0.0125@1010 0.02@4990 1e-08@5000 0.02@5010 0.016@6490 1e-08@6500 "
            "0.016@6510 0.001@10000",
            "reg-separate": "0@0 0.15@100 0@300 linear step",
            "reg-planar": "0.2@0 0.3@100 0.2@300 0.1@500 0@1000 linear step",
            "reg-unit": "0.01@0 0.25@100 0.4@1000 0.25@5000 linear step",
            "reg-anchor": "0@0 0.25@500 linear step",
            "data-hues": "0@0 0.5@500 1@1000 linear step",
            "data-vibrancies": "0@0 0@500 0.5@5000 1@6500 linear step",
        },
        PHASES,
        {"anchor": 500},
    ),
}
"""Two things are not as published. From step 500 on the source weights each row's reconstruction, planarity and norm
by its weight in the draw, and averages twice, which divides these three by the 32 rows; here rows count alike. And
crowding leaves out what each row adds of itself, 1e6 without a gradient.

Of its first phase the source does not say whether the six colors are one full batch, as in 1.5, or drawn like those of
the other phases. Here they are drawn."""

EX_1_5: Plain = EX_1_6_SMOOTH | {
    "dopesheet": sheet(
        20001,
        {
            "lr": "0.01@3350 0.001@20000",
            "reg-separate": "0@0 0.3@1200 0@3000",
            "reg-planar": "0.1@0 0.2@1800 0@6500",
            "reg-unit": "0.1@1800 0.25@3000",
            "reg-anchor": "0@3000 0.3@8600 0.1@13000 0.75@20000",
            "data-hues": "0@0 1@3000 linear step",
            "data-vibrancies": "0@3000 0.25@10000 1@13000",
        },
        {"six hues": 0, "all hues": 3000, "full space": 10000},
        {"anchor": 3000},
    ),
}
"""Three things are not as published. The source takes 256 rows a step, and in the first phase the six colors at once,
where here 32 are drawn throughout. Reconstruction has a weight of its own there, from 1 to 0.8 by step 1200, and from
step 6500 back to 1 by step 13000, where here it is 1. And crowding leaves out what each row adds of itself, 1e6 without
a gradient. The source's planarity is a mean over two dimensions, with twice the weights that stand here for their sum.
"""

RED = label("red", scale=0.5, concept="r (1 - g/2 - b/2)", power=10)
VIBRANT = label("vibrant", scale=0.5, concept="S V", power=100)

EX_1_7: Plain = {
    "data": CUBE,
    "batch": 64,
    "curriculum": None,
    **COLOR_MLP,
    "terms": terms(
        ("reg-polar", LATENTS, RED, penalty("Anchor", point=(1, 0, 0, 0))),
        ("reg-separate", LATENTS, ALL, penalty("Separate", power=10, shift=False)),
        ("reg-planar", LATENTS, VIBRANT, penalty("Planarity", dims=(0, 1), invert=False)),
        ("reg-norm-v", LATENTS, VIBRANT, penalty("Unitarity")),
        ("reg-norm", LATENTS, ALL, penalty("Unitarity")),
    ),
    "dopesheet": sheet(
        10001,
        {
            "lr": "1e-08@0 0.01@10 0.01@5000 0.005@10000",
            "reg-polar": "0.006@5000 0.0002@7500",
            "reg-separate": "0.001@0 0.02@500 0.01@2500 0.001@5000",
            "reg-planar": "0.02@0 0.08@2500 0.02@5000",
            "reg-norm-v": "0.02@0",
            "reg-norm": "0.01@0 0.2@5000",
        },
    ),
}


def softly(rows: Plain | None) -> Plain | None:
    """A label that every color bears in part, by the probability with which it would have borne it."""
    return rows and rows | {"kind": "SoftLabel", "name": f"soft {rows['name']}"}


EX_1_7_SOFT = EX_1_7 | {
    "terms": {name: term | {"label": softly(term["label"])} for name, term in EX_1_7["terms"].items()}
}
"""1.7 with soft labels, which it has given up for binary ones: by formulas, a mean over rows weighted by them."""


def held_at(polar: float, separate: float, planar: float, norm_v: float, norm: float) -> Plain:
    """1.7 with constant weights. Of our own, for the source's open question whether such would do."""
    weights = {
        "reg-polar": polar,
        "reg-separate": separate,
        "reg-planar": planar,
        "reg-norm-v": norm_v,
        "reg-norm": norm,
    }
    columns = {name: f"{weight:.12g}@0" for name, weight in weights.items()}
    return EX_1_7 | {"dopesheet": EX_1_7["dopesheet"] | sheet(10001, columns)}


EX_1_7_LAST = held_at(polar=0.0002, separate=0.001, planar=0.02, norm_v=0.02, norm=0.2)
EX_1_7_MEAN = held_at(
    polar=(5001 * 0.006 + 2499 * 0.0031 + 2501 * 0.0002) / 10001,
    separate=(0.001 + 499 * 0.0105 + 0.02 + 1999 * 0.015 + 0.01 + 2499 * 0.0055 + 5001 * 0.001) / 10001,
    planar=(0.02 + 2499 * 0.05 + 0.08 + 2499 * 0.05 + 5001 * 0.02) / 10001,
    norm_v=0.02,
    norm=(0.01 + 4999 * 0.105 + 5001 * 0.2) / 10001,
)
"""Between two keyframes a minimum jerk is at the middle of both, on average."""

PENALTIES = ("reg-polar", "reg-separate", "reg-planar", "reg-norm-v", "reg-norm")


def of_1_8(kept: tuple[str, ...]) -> Plain:
    """1.7 with these penalties alone."""
    dropped = set(PENALTIES) - set(kept)
    return EX_1_7 | {
        part: {name: what for name, what in EX_1_7[part].items() if name not in dropped}
        for part in ("terms", "dopesheet")
    }


EX_1_8 = {
    f"1.8 with {', '.join(kept) or 'no penalty'}": of_1_8(kept)
    for count in range(len(PENALTIES) + 1)
    for kept in combinations(PENALTIES, count)
}

PUBLISHED = {
    "1.2": EX_1_2,
    "1.2 with all hues": EX_1_2_ALL_HUES,
    "1.3": EX_1_3,
    "1.5": EX_1_5,
    "1.6, smooth": EX_1_6_SMOOTH,
    "1.6, stepped": EX_1_6_STEPPED,
    "1.7": EX_1_7,
    "1.7 with soft labels": EX_1_7_SOFT,
    "1.7 with constant weights, their last": EX_1_7_LAST,
    "1.7 with constant weights, their mean over time": EX_1_7_MEAN,
    **EX_1_8,
}
