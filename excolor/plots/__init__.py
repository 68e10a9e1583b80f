"""Figures, one in each file: functions from data to a Picture, which has the figure, its alt text and its numbers.

Nothing here touches `matplotlib.pyplot`, and `import excolor` does not import this room.
"""

from excolor.plots.all_hypotheses import Standing, all_hypotheses, standardized_distance
from excolor.plots.color_slices import color_slices
from excolor.plots.dose_response import dose_response
from excolor.plots.error_curves import curve_cube, error_curves
from excolor.plots.error_curves_compared import error_curves_compared
from excolor.plots.error_vs_similarity import error_vs_similarity
from excolor.plots.latent_spheres import Zone, latent_spheres
from excolor.plots.latents_in_training import Movie, latents_in_training
from excolor.plots.loss_history import loss_history
from excolor.plots.picture import Picture, PlotError
from excolor.plots.predictions import predictions
from excolor.plots.published_against_ours import published_against_ours
from excolor.plots.schedule import schedule
from excolor.plots.textless import hide_text

__all__ = [
    "Movie",
    "Picture",
    "PlotError",
    "Standing",
    "Zone",
    "all_hypotheses",
    "color_slices",
    "curve_cube",
    "dose_response",
    "error_curves",
    "error_curves_compared",
    "error_vs_similarity",
    "hide_text",
    "latent_spheres",
    "latents_in_training",
    "loss_history",
    "predictions",
    "published_against_ours",
    "schedule",
    "standardized_distance",
]
