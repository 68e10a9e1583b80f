"""Measures of an ensemble: one number, or one array, for each seed."""

from excolor.determinism import take_one_thread
from excolor.measures.anchoring import (
    alignment,
    alignment_of_red,
    falls_with_hue_distance,
    most_opposed,
    off_anchor,
    red_off_anchor,
    worst_hue_is_near,
    worst_hue_is_near_red,
)
from excolor.measures.answer_changes import answer_change, off_half_way
from excolor.measures.color_answers import answered_brightness, answered_likeness, answered_vibrancy
from excolor.measures.concept_scores import (
    collateral_of_gray_answers,
    collateral_of_similarity,
    concept_collateral,
    red_collateral,
    similarity_fit,
    typical_error_of_others,
    vibrancy_collateral,
    vibrancy_fit,
)
from excolor.measures.errors import (
    at_least_half_a_step,
    error_growth,
    error_of,
    mean_error,
    reconstruction_error,
    typical_error,
    worst_error,
)
from excolor.measures.evaluation import MeasureError, latents, reconstruct
from excolor.measures.hue_order import (
    CircleError,
    circular_rank_correlation,
    hue_order,
    hues_at_largest_gap,
    largest_gap,
    latent_angle,
)
from excolor.measures.latent_shape import (
    bend,
    bend_of_a_sphere,
    off_plane,
    off_plane_share,
    off_sphere,
    one_sidedness,
    radius,
    vibrant_off_sphere,
)
from excolor.measures.losses import HistoryError, largest_jump, loss_noise, mean_loss, root_mean_loss
from excolor.measures.pareto import FrontError, on_pareto_front
from excolor.measures.post_hoc_directions import leace, mean_difference, principal_component, random_direction
from excolor.measures.scores import ScoreError, collateral, r_squared, similarity_over, to_power, vibrancy_over
from excolor.measures.term_losses import regularizer_loss
from excolor.measures.value_axis import CubeError, explained_by_value, length_by_value

take_one_thread()  # here and in excolor.training, since torch computes in these rooms

__all__ = [
    "CircleError",
    "CubeError",
    "FrontError",
    "HistoryError",
    "MeasureError",
    "ScoreError",
    "alignment",
    "alignment_of_red",
    "answer_change",
    "answered_brightness",
    "answered_likeness",
    "answered_vibrancy",
    "at_least_half_a_step",
    "bend",
    "bend_of_a_sphere",
    "circular_rank_correlation",
    "collateral",
    "collateral_of_gray_answers",
    "collateral_of_similarity",
    "concept_collateral",
    "error_growth",
    "error_of",
    "explained_by_value",
    "falls_with_hue_distance",
    "hue_order",
    "hues_at_largest_gap",
    "largest_gap",
    "largest_jump",
    "latent_angle",
    "latents",
    "leace",
    "length_by_value",
    "loss_noise",
    "mean_difference",
    "mean_error",
    "mean_loss",
    "most_opposed",
    "off_anchor",
    "off_half_way",
    "off_plane",
    "off_plane_share",
    "off_sphere",
    "on_pareto_front",
    "one_sidedness",
    "principal_component",
    "r_squared",
    "radius",
    "random_direction",
    "reconstruct",
    "reconstruction_error",
    "red_collateral",
    "red_off_anchor",
    "regularizer_loss",
    "root_mean_loss",
    "similarity_fit",
    "similarity_over",
    "to_power",
    "typical_error",
    "typical_error_of_others",
    "vibrancy_collateral",
    "vibrancy_fit",
    "vibrancy_over",
    "vibrant_off_sphere",
    "worst_error",
    "worst_hue_is_near",
    "worst_hue_is_near_red",
]
