"""The interventions on red of experiments 2.2 to 2.5, what is claimed of them alike, and their controls."""

import xarray as xr
from cases import each, unlike_red
from deletion_predictions import typical_error_in_rgb

from excolor import error_of, fraction, intervene, median, typical_error
from excolor.colors import DARK_SHADES, FAR_FROM_RED, GRAYS, validation_colors
from excolor.edits import BezierMapper, BoundedFalloff, Repulsion, Suppression, axis, other_directions
from excolor.judging.thresholds import SPARED
from excolor.measures import error_growth, falls_with_hue_distance, red_collateral
from excolor.verdicts import control, published, restated

SHOWN = 2 * 2.7e-5
"""Twice the highest typical error published under an intervention: what a control must exceed to show damage."""

INTERVENTIONS = {
    "suppression": lambda direction: Suppression(direction, BoundedFalloff(0, 1, 2)),
    "repulsion": lambda direction: Repulsion(direction, BezierMapper(0, 1 / 2)),
}
"""As published: what has a positive part along a direction loses up to all of it, or is turned, up to 60 degrees."""

interventions = each("intervention", INTERVENTIONS)


def interventions_published(figures, source, but=None):
    """As `interventions`, each with the figure published under it; `but` has further marks of single ones."""
    marks = {name: [published(figures[name], source=source)] for name in INTERVENTIONS}
    for single, mark in (but or {}).items():
        marks[single].append(mark)
    return each("intervention", INTERVENTIONS, but=marks)


def edited(ensemble, intervention, direction=None):
    """With an intervention along a direction, red's if none is given."""
    return intervene(ensemble, INTERVENTIONS[intervention](direction or axis(ensemble)))


def along_others(ensemble, intervention, measure):
    """What is measured with the intervention along the worst of the other dimensions, both ways."""
    found = [measure(edited(ensemble, intervention, direction)) for direction in other_directions(ensemble)]
    return xr.concat(found, "direction").max("direction")


def collateral(ensemble, intervention):
    """Collateral damage of an intervention: the error of colors unlike red over that of red."""
    return red_collateral(edited(ensemble, intervention), validation_colors())


def damages_red_alone(edited, intact, damage):
    """Whether red's error is above `damage`, and others are left as they are, over `seed`: every color unlike red, and
    the typical one, whose error grows by less than would be spared."""
    growths = [error_growth(edited, intact, color) for color in (*FAR_FROM_RED, *GRAYS, *DARK_SHADES)]
    growths.append(typical_error(edited) - typical_error(intact))
    return (error_of(edited, "red") > damage) & (xr.concat(growths, "color") < SPARED).all("color")


class RedAloneIsDamaged:
    """Predictions of 2.3 and 2.4 alike, to be mixed into a hypothesis."""

    @interventions
    @unlike_red
    def test_bystanders_are_spared(self, intact, intervention, group):
        """Under an intervention a group of colors unlike red is spared, on average."""
        assert median(error_of(edited(intact, intervention), *group)) < SPARED

    @interventions
    def test_typical_color_in_rgb_is_spared(self, intact, intervention):
        """Under an intervention the typical color of the RGB cube is spared."""
        assert median(typical_error_in_rgb(edited(intact, intervention))) < SPARED

    @interventions
    def test_error_falls_with_hue_distance(self, intact, intervention):
        """In most seeds the error under an intervention falls with every 30 degrees from red, until 90."""
        # A random order of the four would do so in 1 seed of 24.
        assert fraction(falls_with_hue_distance(edited(intact, intervention))) > 1 / 2


class InterventionControls:
    """To be mixed into a hypothesis."""

    @control
    def test_intact_model_rebuilds_red(self, intact):
        """Without an intervention red is reconstructed."""
        assert median(error_of(intact, "red")) < SPARED

    @control
    @interventions
    @restated(was="> SPARED", why="a control has to exceed what is claimed, which is a fraction of that")
    def test_other_directions_do_damage(self, intact, intervention):
        """An intervention along the worst of the other dimensions gives more than twice the published typical error."""
        assert median(along_others(intact, intervention, typical_error)) > SHOWN

    @control
    @interventions
    @unlike_red
    def test_other_directions_damage_bystanders(self, intact, intervention, group):
        """An intervention along the worst of the other dimensions damages a group of colors unlike red."""
        assert median(along_others(intact, intervention, lambda models: error_of(models, *group))) > SPARED

    @control
    @interventions
    def test_other_directions_leave_red(self, intact, intervention):
        """An intervention along the worst of the other dimensions leaves red below half of its published error."""
        errors = along_others(intact, intervention, lambda models: error_of(models, "red"))
        assert median(errors) < 0.094 / 2  # half of what is published, as in 2.4

    @control
    @interventions
    def test_other_direction_errs_in_another_order(self, intact, intervention):
        """An intervention along dimension 1 leaves no error that falls with every 30 degrees from red."""
        assert fraction(falls_with_hue_distance(edited(intact, intervention, axis(intact, 1)))) < 1 / 2
