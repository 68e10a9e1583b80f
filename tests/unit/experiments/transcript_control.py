"""Experiments 2.2 to 2.11 as they were first published, and the later versions of 2.10.

2.6 and 2.7 train what 2.4 trains; 2.1 trains nothing.
"""

from notation import ALL, Plain, autoencoder, evenly, hsv, label, penalty, rgb, sheet, terms

HUES = tuple(degrees / 360 for degrees in range(0, 360, 10))
TEN_LEVELS = evenly(10, 0, 1)
DATA = {"data": hsv(HUES, TEN_LEVELS, TEN_LEVELS), "batch": 64, "curriculum": None}
"""3600 rows, hue by hue. The source draws them with replacement in proportion to the cube's `bias`."""

RED = label("red", scale=0.5, concept="r (1 - g/2 - b/2)", power=10)
VIBRANT = label("vibrant", scale=0.5, concept="S V", power=100)
DESATURATED = label("desaturated", scale=0.5, concept="1 - S V", power=10)

LR = "1e-08@0 0.01@10 0.1@1000 0.05@3000"
CONSTANT = "0.01@0 0.01@500 0.01@1000 0@2800"
"""The weight of the separation from 2.3 to 2.9; the source repeats the value at each of these steps."""
UNIT = "0.01@0 0.1@1000 0@2800"

SEPARATE = penalty("Separate", power=100, shift=True)
HUE_PLANE = penalty("Planarity", dims=(0, 1), invert=False)

WIDTH_4 = autoencoder(4, nonlinear=1, hidden=16, activation="gelu", normalized=True, output="linear")
WIDTH_5 = autoencoder(5, nonlinear=2, hidden=16, activation="gelu", normalized=True, output="linear")

EX_2_2: Plain = {
    **DATA,
    **autoencoder(4, nonlinear=1, hidden=16, activation="gelu", normalized=False, output="sigmoid"),
    "terms": terms(
        ("reg-anchor", "encoder", RED, penalty("Anchor", point=(1, 0, 0, 0))),
        ("reg-separate", "encoder", ALL, penalty("Separate", power=10, shift=False)),
        ("reg-planar", "encoder", VIBRANT, HUE_PLANE),
        ("reg-unit-v", "encoder", VIBRANT, penalty("Unitarity")),
        ("reg-unit", "encoder", ALL, penalty("Unitarity")),
    ),
    "dopesheet": sheet(
        20001,
        {
            "lr": "1e-08@0 0.01@10 0.01@10000 0.005@20000",
            "reg-separate": "0.001@0 0.02@1000 0.01@5000 0.001@10000",
            "reg-anchor": "0.02@0 0.08@5000 0.02@10000",
            "reg-unit": "0.01@0 0.2@10000",
            "reg-unit-v": "0.02@0",
            "reg-planar": "1@0",
        },
    ),
}
"""The source has no column reg-planar, which there is a weight of 1 throughout; here every term has its column."""

EX_2_2_AS_MEANT: Plain = EX_2_2 | {
    "dopesheet": EX_2_2["dopesheet"]
    | sheet(20001, {"reg-planar": "0.02@0 0.08@5000 0.02@10000", "reg-anchor": "0.006@10000 0.0002@15000"})
}
"""Of our own: the columns under the names that they had in 1.7, by which the source says that they were meant. That of
the anchor, reg-polar in the source, "6e-3 -> 2e-4@15000", does not say when its fall begins. Here it is at step 10000,
as twice the steps of 1.7, like the others."""

SHEET_2_3 = sheet(3001, {"lr": LR, "reg-separate": CONSTANT, "reg-anchor": "0.01@0 0.04@1000 0@2800", "reg-unit": UNIT})
SHEET_WITH_PLANE = SHEET_2_3 | sheet(3001, {"reg-planar": "0.01@0 0.1@1000 0@2800"})
ANCHOR = penalty("Anchor", point=(1, 0, 0, 0))

EX_2_3: Plain = {
    **DATA,
    **WIDTH_4,
    "terms": terms(
        ("reg-unit", "encoder", ALL, penalty("Unitarity")),
        ("reg-anchor", "encoder", RED, ANCHOR),
        ("reg-separate", "encoder", ALL, SEPARATE),
        ("reg-planar", "encoder", VIBRANT, HUE_PLANE),
    ),
    "dopesheet": SHEET_WITH_PLANE,
}
EX_2_3_SIGMOID: Plain = EX_2_3 | autoencoder(
    4, nonlinear=1, hidden=16, activation="gelu", normalized=True, output="sigmoid"
)

EX_2_4: Plain = {
    **DATA,
    **WIDTH_4,
    "terms": terms(
        ("reg-unit", "encoder", ALL, penalty("Unitarity")),
        ("reg-anchor", "bottleneck", RED, ANCHOR),
        ("reg-separate", "bottleneck", ALL, SEPARATE),
        ("reg-planar", "bottleneck", VIBRANT, HUE_PLANE),
    ),
    "dopesheet": SHEET_WITH_PLANE,
}

EX_2_5: Plain = {
    **DATA,
    **WIDTH_4,
    "terms": terms(
        ("reg-unit", "encoder", ALL, penalty("Unitarity")),
        ("reg-anchor", "bottleneck", RED, ANCHOR),
        ("reg-separate", "bottleneck", ALL, SEPARATE),
    ),
    "dopesheet": SHEET_2_3,
}

ANGULAR_ANCHOR_OF_4 = penalty("AngularAnchor", point=(1, 0, 0, 0))

EX_2_8: Plain = {
    **DATA,
    **WIDTH_4,
    "terms": terms(
        ("reg-unit", "encoder", ALL, penalty("Unitarity")),
        ("reg-anchor", "bottleneck", RED, ANGULAR_ANCHOR_OF_4),
        ("reg-separate", "bottleneck", ALL, SEPARATE),
        ("reg-anti-anchor", "bottleneck", ALL, penalty("AntiAnchor", point=(-1, 0, 0, 0), hemi=True)),
    ),
    "dopesheet": sheet(
        3001,
        {
            "lr": LR,
            "reg-separate": CONSTANT,
            "reg-anchor": "0.02@0 0.05@1000 0@2800",
            "reg-anti-anchor": "0.01@0 0.1@1000 0@2800",
            "reg-unit": UNIT,
        },
    ),
}

ANCHOR_OF_5 = penalty("AngularAnchor", point=(1, 0, 0, 0, 0))
ANTI_ANCHOR_OF_5 = penalty("AntiAnchor", point=(-1, 0, 0, 0, 0), hemi=True)
"""That it is hemi the source says of 2.8 alone, and of the others nothing else."""

EX_2_9: Plain = {
    **DATA,
    **WIDTH_5,
    "terms": terms(
        ("reg-unit", "encoder", ALL, penalty("Unitarity")),
        ("reg-anchor", "bottleneck", RED, ANCHOR_OF_5),
        ("reg-separate", "bottleneck", ALL, SEPARATE),
        ("reg-anti-anchor", "bottleneck", ALL, ANTI_ANCHOR_OF_5),
        ("reg-planar-d", "bottleneck", DESATURATED, penalty("AxisAlignedSubspace", dims=(2, 3, 4), invert=False)),
    ),
    "dopesheet": sheet(
        3001,
        {
            "lr": LR,
            "reg-separate": CONSTANT,
            "reg-anchor": "0.02@0 0.05@1000 0@2800",
            "reg-planar-d": "0.001@0 0.01@1000 0@2800",
            "reg-anti-anchor": "0.002@0 0.01@1000 0@2800",
            "reg-unit": UNIT,
        },
    ),
}
"""The source has a column planar-v too, which no term reads; here no sheet may have one."""

EX_2_10: Plain = {
    **DATA,
    **WIDTH_5,
    "terms": terms(
        ("reg-unit", "encoder", ALL, penalty("Unitarity")),
        ("reg-anchor", "bottleneck", RED, ANCHOR_OF_5),
        ("reg-separate", "bottleneck", ALL, SEPARATE),
        ("reg-anti-anchor", "bottleneck", ALL, ANTI_ANCHOR_OF_5),
    ),
    "dopesheet": sheet(
        3001,
        {
            "lr": LR,
            "reg-separate": "0.01@0 0.01@500 0.015@1000 0@2800",
            "reg-anchor": "0.02@0 0.01@1000 0@2800",
            "reg-anti-anchor": "0.002@0 0.01@1000 0@2800",
            "reg-unit": UNIT,
        },
    ),
}

TENTHS = evenly(10, 0, 1)

EX_2_10_SECOND: Plain = {
    "data": rgb(TENTHS, TENTHS, TENTHS),
    "batch": 64,
    "curriculum": None,
    **WIDTH_5,
    "terms": terms(
        ("reg-separate", "bottleneck", ALL, SEPARATE),
        ("reg-anchor", "bottleneck", label("red", 0.08, "r (1 - g/2 - b/2)", 8), ANCHOR_OF_5),
        ("reg-anti-subspace", "bottleneck", ALL, penalty("AxisAlignedSubspace", dims=(0,), invert=True)),
    ),
    "dopesheet": sheet(
        1501,
        {
            "lr": "1e-08@0 0.01@10 0.1@750 0.1@1425 0.05@1500",
            "reg-separate": "0.01@750 0@1425",
            "reg-anchor": "0@0 0.15@750 0@1425",
            "reg-anti-subspace": "0.25@0 0.1@375 0.03@750 0@1425",
        },
    ),
}
"""1000 draws an epoch: 15 batches of 64, and one of 40."""

EX_2_10_MIDDLE: Plain = EX_2_10_SECOND | {
    "terms": EX_2_10_SECOND["terms"] | terms(("reg-anti-anchor", "bottleneck", ALL, ANTI_ANCHOR_OF_5)),
    "dopesheet": sheet(
        1501,
        {
            "lr": "1e-08@0 0.01@10 0.1@750 0.1@1425 0.05@1500",
            "reg-separate": "0.01@0 0.01@375 0.04@750 0@1425",
            "reg-anchor": "0.02@0 0.1@750 0@1425",
            "reg-anti-subspace": "0.002@0 0.04@750 0@1425",
            "reg-anti-anchor": "0.002@0 0.01@750 0@1425",
        },
    ),
}
"""An earlier state of the second version. The source has its weights, its steps and that it has both repulsions; the
rest is taken to be that of the second version."""

EX_2_11: Plain = {
    "data": rgb(TENTHS, TENTHS, TENTHS),
    "batch": 64,
    "curriculum": None,
    **WIDTH_4,
    "terms": terms(
        ("reg-separate", "bottleneck", ALL, SEPARATE),
        ("reg-anchor", "bottleneck", label("red", 0.07, "r (1 - g/2 - b/2)", 10), ANGULAR_ANCHOR_OF_4),
        ("reg-planar", "bottleneck", label("vibrant", 0.02, "S V", 100), HUE_PLANE),
    ),
    "dopesheet": sheet(
        1501,
        {
            "lr": "1e-08@0 0.01@10 0.1@750 0.1@1425 0.05@1500",
            "reg-separate": "0.01@750 0@1425",
            "reg-anchor": "0.01@0 0.1@750 0@1425",
            "reg-planar": "0.01@0 0.1@375 0.1@1125 0@1425",
        },
    ),
}
"""The source has the data, the width, the labels, and how many of 89 064 rows bore them: those of the first 89 epochs
and one batch more, which are 1425 steps. Terms, depth and sheet are taken to be those of 2.4.1."""

# One change at a time between 2.8, 2.9 and 2.10. Of our own: the source changes several things at once.

GRAYS_OFF_THE_PLANE = "0.001@0 0.01@1000 0@2800"
SUBSPACE_OF_4 = terms(
    ("reg-planar-d", "bottleneck", DESATURATED, penalty("AxisAlignedSubspace", dims=(2, 3), invert=False))
)
"""In four dimensions the term keeps grays off the first two, as it does in five."""

WIDER_2_8 = {"bottleneck": 5, "terms": {name: EX_2_10["terms"][name] for name in EX_2_8["terms"]}}
DEEPER = {"nonlinear": 2}
WEIGHTED_AS_2_9 = {"dopesheet": EX_2_8["dopesheet"] | sheet(3001, {"reg-anti-anchor": "0.002@0 0.01@1000 0@2800"})}
"""Of the weights that 2.8 and 2.9 share the anti-anchor's alone differs."""

ONE_CHANGE = {
    "2.8 with the width of 2.9": EX_2_8 | WIDER_2_8,
    "2.8 with the depth of 2.9": EX_2_8 | DEEPER,
    "2.8 with the width and depth of 2.9": EX_2_8 | WIDER_2_8 | DEEPER,
    "2.8 with the subspace term of 2.9": EX_2_8
    | {
        "terms": EX_2_8["terms"] | SUBSPACE_OF_4,
        "dopesheet": EX_2_8["dopesheet"] | sheet(3001, {"reg-planar-d": GRAYS_OFF_THE_PLANE}),
    },
    "2.8 with the weights of 2.9": EX_2_8 | WEIGHTED_AS_2_9,
    "2.9 with the width of 2.8": EX_2_9 | {"bottleneck": 4, "terms": EX_2_8["terms"] | SUBSPACE_OF_4},
    "2.9 with the depth of 2.8": EX_2_9 | {"nonlinear": 1},
    "2.9 without reg-planar-d": EX_2_9
    | {
        part: {name: what for name, what in EX_2_9[part].items() if name != "reg-planar-d"}
        for part in ("terms", "dopesheet")
    },
    "2.9 with the weights of 2.8": EX_2_9
    | {"dopesheet": EX_2_9["dopesheet"] | sheet(3001, {"reg-anti-anchor": "0.01@0 0.1@1000 0@2800"})},
    "2.9 with the weights of 2.10": EX_2_9
    | {
        "dopesheet": EX_2_9["dopesheet"]
        | sheet(
            3001,
            {"reg-separate": "0.01@0 0.01@500 0.015@1000 0@2800", "reg-anchor": "0.02@0 0.01@1000 0@2800"},
        )
    },
}

PUBLISHED = {
    "2.2": EX_2_2,
    "2.2, as meant": EX_2_2_AS_MEANT,
    "2.3, linear": EX_2_3,
    "2.3, sigmoid": EX_2_3_SIGMOID,
    "2.4": EX_2_4,
    "2.5": EX_2_5,
    "2.8": EX_2_8,
    "2.9": EX_2_9,
    "2.10": EX_2_10,
    "2.10, middle version": EX_2_10_MIDDLE,
    "2.10, second version": EX_2_10_SECOND,
    "2.11": EX_2_11,
}
