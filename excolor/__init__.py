"""Claims about concept deletion in colour autoencoders, trained and judged over many seeds."""

from excolor.determinism import pin

pin()
