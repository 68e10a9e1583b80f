"""Concepts in red's place: what of an experiment follows them, and what stays."""

import dataclasses

import numpy as np
import pytest

from excolor.colors import hsv_similarity, named_color, named_colors, redness, rgb_to_hsv, rgb_training_cube
from excolor.conditions import (
    AngularAnchor,
    AntiAnchor,
    AxisAlignedSubspace,
    Concept,
    ConceptError,
    ExperimentError,
    Near,
    concept_of,
    labeled_share,
    with_concepts,
)
from excolor.conditions.labels import RED as RED_LABEL
from excolor.conditions.labels import Label
from excolor.experiments import EX_1_7, EX_2_4, EX_2_9_1, EX_2_10_1
from excolor.experiments.rerun_terms import RED as RERUN_RED
from excolor.schedule.dopesheet import LEARNING_RATE

RED = Concept("red", (1.0, 0.0, 0.0), redness)
CYAN = Concept.named("cyan")
GRAY = Concept.named("gray")


def labels(experiment):
    return [term.label for term in experiment.terms if term.label]


def course(experiment, name):
    return experiment.dopesheet.values(name).tolist()


class TestConcept:
    def test_of_a_named_color(self):
        assert Concept.named("cyan") == Concept("cyan", (0.0, 1.0, 1.0), Near((0.0, 1.0, 1.0)))

    def test_of_any_color(self):
        pink = Concept.of("pink", np.array([1, 0.5, 0.5]))
        assert pink.color == (1.0, 0.5, 0.5)
        assert pink.likeness([(1, 0.5, 0.5), (1, 0.5, 0.125), (0, 1, 1)]).tolist() == [1, 0.75, 0]

    def test_those_of_one_color_are_equal(self):
        """So that what is trained with either is trained once."""
        assert Concept.of("cyan", (0, 1, 1)) == Concept.named("cyan")
        assert with_concepts(EX_2_10_1, CYAN) == with_concepts(EX_2_10_1, Concept.named("cyan"))

    @pytest.mark.parametrize(
        ("fields", "message"),
        [
            (("", (1.0, 0.0, 0.0), redness), "a concept with the name '': it must be a string, for example 'cyan'"),
            (("red", [1.0, 0.0, 0.0], redness), "the concept 'red' has the color"),
            (("red", (1.0, 0.0, 0.0), "red"), "the concept 'red' has the likeness 'red': it must be a function"),
            (
                ("red", (1.0, 0.0, 0.0), lambda rgb: rgb),
                r"the concept 'red': its likeness made a ndarray of float64, of shape \(9, 3\) of colors of shape "
                r"\(9, 3\): it must give one number for each color, of shape \(9,\), for example colors.redness",
            ),
            (
                ("red", (1.0, 0.0, 0.0), lambda rgb: 2 * redness(rgb)),
                r"the concept 'red': its likeness is 2 of the color \(1.0, 0.0, 0.0\): it must be from 0 to 1, for exa",
            ),
        ],
    )
    def test_what_is_none_is_refused(self, fields, message):
        with pytest.raises(ConceptError, match=message):
            Concept(*fields)


class TestWhatAnExperimentAnchors:
    @pytest.mark.parametrize("experiment", [EX_2_4, EX_2_9_1, EX_2_10_1, EX_1_7], ids=lambda each: each.name)
    def test_is_red_by_the_published_similarity_where_published(self, experiment):
        found = concept_of(experiment)
        assert (found.name, found.color) == ("red", (1.0, 0.0, 0.0))
        rgb = named_colors()["color"].values
        assert found.likeness(rgb).tolist() == hsv_similarity(rgb_to_hsv(rgb)).tolist()

    def test_is_the_concept_in_its_place(self):
        orange = Concept.of("orange", (1, 0.5, 0))
        assert concept_of(with_concepts(EX_2_10_1, orange)) == orange
        assert concept_of(with_concepts(EX_2_10_1, CYAN, orange)) == CYAN

    def test_has_the_color_that_bears_it_most_of_those_trained_on(self):
        def darkness(rgb):
            return 1 - np.max(rgb, axis=-1)

        found = concept_of(with_concepts(EX_2_10_1, Concept("dark", (0.1, 0.1, 0.1), darkness)))
        assert found == Concept("dark", (0.0, 0.0, 0.0), darkness)

    def test_is_none_without_an_anchor(self):
        assert concept_of(EX_2_10_1.unregularized()) is None
        assert concept_of(EX_1_7.without("reg-polar")) is None  # whose planarity has a label, which anchors nothing

    def test_of_what_is_no_experiment(self):
        with pytest.raises(ExperimentError, match=r"'2\.10' is no Experiment"):
            concept_of("2.10")


class TestShare:
    def test_of_two_colors_by_their_bias(self):
        """A color with the label and one without, drawn three times as often."""
        cube = rgb_training_cube().isel(r=[0, 7], g=[0], b=[0])
        cube["bias"][:] = [[[3]], [[1]]]
        assert labeled_share(Label("red", scale=0.5, concept=redness, power=3), cube) == 0.125

    def test_of_what_is_no_label(self):
        with pytest.raises(ConceptError, match="the share of 'red': give a Label, for example RED"):
            labeled_share("red", rgb_training_cube())


class TestOneConcept:
    def test_red_leaves_the_experiment_as_it_is(self):
        assert with_concepts(EX_2_10_1, RED) == EX_2_10_1

    @pytest.mark.parametrize("concept", [CYAN, GRAY], ids=["cyan", "gray"])
    def test_label_is_borne_as_often(self, concept):
        (label,) = labels(with_concepts(EX_2_10_1, concept))
        assert (label.name, label.concept, label.power) == (concept.name, concept.likeness, RERUN_RED.power)
        cube = rgb_training_cube()
        assert labeled_share(label, cube) == pytest.approx(labeled_share(RERUN_RED, cube), rel=1e-12)

    def test_all_but_the_label_stays(self):
        other = with_concepts(EX_2_9_1, CYAN)
        assert [term.regularizer for term in other.terms] == [term.regularizer for term in EX_2_9_1.terms]
        assert other.dopesheet == EX_2_9_1.dopesheet
        assert other.unregularized() == EX_2_9_1.unregularized()
        assert other.name == "2.9.1 with cyan anchored"

    def test_what_keeps_others_in_a_plane_stays(self):
        """2.4 with planarity of all colors, so that red is its only label."""
        plane = EX_2_4.replace(
            terms=tuple(dataclasses.replace(x, label=x.label if x.label == RED_LABEL else None) for x in EX_2_4.terms)
        )
        assert [x.regularizer for x in with_concepts(plane, CYAN).terms] == [x.regularizer for x in EX_2_4.terms]

    def test_labels_four_times_as_often(self):
        """Under a name of their own, so that both can be trained side by side."""
        (label,) = labels(with_concepts(EX_2_10_1, RED, times=4))
        assert (label.name, label.scale) == ("red, 4 times as often", 0.32)


class TestTwoConcepts:
    def test_each_has_a_dimension_of_its_own(self):
        both = with_concepts(EX_2_9_1, RED, CYAN)
        regularizers = {term.name: (term.regularizer, term.label and term.label.name) for term in both.terms}
        assert regularizers["reg-anchor"] == (AngularAnchor((1, 0, 0, 0, 0)), "red")
        assert regularizers["reg-anchor of cyan"] == (AngularAnchor((0, 1, 0, 0, 0)), "cyan")
        assert regularizers["reg-anti-anchor"] == (AntiAnchor((-1, 0, 0, 0, 0)), None)
        assert regularizers["reg-anti-anchor of cyan"] == (AntiAnchor((0, -1, 0, 0, 0)), None)
        assert regularizers["reg-anti-subspace"] == (AxisAlignedSubspace((0, 1), invert=True), None)

    def test_weights_over_time_are_those_of_the_first(self):
        both = with_concepts(EX_2_9_1, RED, CYAN)
        for name in ("reg-anchor", "reg-anti-anchor"):
            assert course(both, f"{name} of cyan") == course(both, name) == course(EX_2_9_1, name)
        assert course(both, LEARNING_RATE) == course(EX_2_9_1, LEARNING_RATE)

    def test_fits_other_widths(self):
        both = with_concepts(EX_2_10_1.replace(bottleneck=6), CYAN, RED)
        assert both.terms[2].regularizer == AngularAnchor((0, 1, 0, 0, 0, 0))
        assert both.name == "2.10.1 with cyan and red anchored"


@pytest.mark.parametrize(
    ("experiment", "concepts", "times", "message"),
    [
        (EX_2_4, [CYAN], 1, "2.4 has the labels red, vibrant: only what anchors one concept can anchor others"),
        (EX_2_10_1.unregularized(), [CYAN], 1, "has the labels none: only what anchors one"),
        (EX_2_10_1, [], 1, "the concepts none: give at least one, and each once, for example Concept.named"),
        (EX_2_10_1, [CYAN, CYAN], 1, "the concepts cyan, cyan: give at least one, and each once"),
        (
            EX_2_10_1,
            [Concept.named(name) for name in ("red", "green", "blue", "cyan", "gray")],
            1,
            r"5 concepts in 5 dimensions: at least one must remain for other colors, for example .*bottleneck=8",
        ),
        (EX_2_10_1, ["cyan"], 1, "'cyan' is no Concept: give one, for example Concept.named"),
        (EX_2_10_1, [CYAN], 0, "labels 0 times as often: it must be a number above 0, for example 4"),
        (EX_2_10_1, [RED], 13, "'red', 13 times as often as 'red': .* of 1.04: ask for less, for example times=12"),
        (EX_2_10_1, [Concept("none", (1.0, 0.0, 0.0), lambda rgb: 0 * redness(rgb))], 1, "bears the concept 'none'"),
    ],
)
def test_what_cannot_be_anchored_is_refused(experiment, concepts, times, message):
    with pytest.raises(ConceptError, match=message):
        with_concepts(experiment, *concepts, times=times)


def test_likeness_to_a_named_color():
    assert CYAN.likeness(named_color("cyan")) == 1
    assert CYAN.likeness(named_color("red")) == 0
