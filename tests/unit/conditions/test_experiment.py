"""Experiments and terms: equal by content, changed only into new ones, and refused where their parts do not fit."""

import dataclasses
import math
import re

import numpy as np
import pytest

from excolor.colors import redness, rgb_training_cube, training_cube
from excolor.conditions.architecture import Form, FormError
from excolor.conditions.curriculum import Curriculum
from excolor.conditions.experiment import Decoding, Drift, Experiment, ExperimentError, Term
from excolor.conditions.labels import RED, Label
from excolor.conditions.regularizers import (
    AngularAnchor,
    AntiAnchor,
    AxisAlignedSubspace,
    RegularizerError,
    Separate,
    Unitarity,
)
from excolor.conditions.stacking import plan, stacks
from excolor.experiments import (
    EX_1_2,
    EX_1_7,
    EX_1_7_LAST,
    EX_1_7_MEAN,
    EX_1_8,
    EX_2_2,
    EX_2_2_AS_MEANT,
    EX_2_3,
    EX_2_4,
    EX_2_5,
    EX_2_9,
    EX_2_10,
)
from excolor.numerics.fields import FieldError
from excolor.schedule import Dopesheet, DopesheetError
from excolor.training.loop import train

SHEET = """STEP,lr,reg-unit,reg-anchor
0,0.01,0.1,0.02
4,0.02,0,0
"""
UNIT = Term("reg-unit", Unitarity(), layer="encoder")
ANCHOR = Term("reg-anchor", AngularAnchor((1, 0, 0)), label=RED)


def experiment(sheet=SHEET, **changes):
    dopesheet = Dopesheet.parse(sheet, source="small.csv")
    return Experiment(
        **{
            "name": "small",
            "data": training_cube,
            "dopesheet": dopesheet,
            "terms": (UNIT, ANCHOR),
            "bottleneck": 3,
            "nonlinear": 1,
        }
        | changes
    )


def refuses(error, message):
    return pytest.raises(error, match=re.escape(message))


class TestIdentity:
    def test_equal_and_hashed_by_content(self):
        assert experiment() == experiment()
        assert len({experiment(), experiment(), experiment(hidden=8)}) == 2

    def test_terms_too(self):
        again = Term("reg-anchor", AngularAnchor((1, 0, 0)), label=RED)
        assert again == ANCHOR
        assert hash(again) == hash(ANCHOR)
        assert again != Term("reg-anchor", AngularAnchor((1, 0, 0)))

    def test_2_2_is_as_before_normalization(self):
        assert EX_2_2.form == Form("gelu", normalized=False, output="sigmoid")
        assert {term.layer for term in EX_2_2.terms} == {"encoder"}
        assert {term.name: term.label and term.label.name for term in EX_2_2.terms} == {
            "reg-unit": None,
            "reg-unit-v": "vibrant",
            "reg-anchor": "red",
            "reg-separate": None,
            "reg-planar": "vibrant",
        }
        assert Separate(10, shift=False) in [term.regularizer for term in EX_2_2.terms]

    def test_2_2_as_meant_differs_in_two_weights(self):
        assert stacks([EX_2_2, EX_2_2_AS_MEANT]) == [[EX_2_2, EX_2_2_AS_MEANT]]
        assert EX_2_2.without("reg-anchor", "reg-planar") == EX_2_2_AS_MEANT.without("reg-anchor", "reg-planar")
        assert EX_2_2.without("reg-anchor") != EX_2_2_AS_MEANT.without("reg-anchor")
        assert EX_2_2.without("reg-planar") != EX_2_2_AS_MEANT.without("reg-planar")

    def test_2_3_has_every_penalty_before_normalization(self):
        before, after = ([term.layer for term in x.terms] for x in (EX_2_3, EX_2_4))
        assert before == ["encoder"] * 4
        assert after == ["encoder"] + ["bottleneck"] * 3
        assert EX_2_3.replace(terms=EX_2_4.terms) == EX_2_4

    def test_1_2_sees_538_colors_and_none_of_the_band(self):
        degrees = np.rint(EX_1_2.data()["h"].values * 360).astype(int)
        assert sorted({*range(360)} - {*degrees}) == [*range(150, 241)]
        assert EX_1_2.data()["color"].shape == (269, 1, 2, 3)

    def test_1_7_with_constant_weights_trains_in_one_stack_with_it(self):
        assert stacks([EX_1_7, EX_1_7_LAST, EX_1_7_MEAN]) == [[EX_1_7, EX_1_7_LAST, EX_1_7_MEAN]]

    def test_1_8_has_every_subset_of_the_penalties_of_1_7(self):
        assert len(EX_1_8) == len(set(EX_1_8.values())) == 32
        for names, condition in EX_1_8.items():
            assert {term.name for term in condition.terms} == names
        assert EX_1_7 in EX_1_8.values()
        assert stacks([*EX_1_8.values()]) == [[*EX_1_8.values()]]

    def test_2_5_has_no_planarity(self):
        assert [term.name for term in EX_2_5.terms] == ["reg-unit", "reg-anchor", "reg-separate"]
        assert EX_2_5.name == "2.5"

    @pytest.mark.parametrize(
        "change", [{"hidden": 3}, {"batch": 8}, {"nonlinear": 2}, {"dopesheet": SHEET.replace("4", "5")}]
    )
    def test_differ_in_any_field_but_the_name(self, change):
        if "dopesheet" in change:
            change = {"dopesheet": Dopesheet.parse(change["dopesheet"])}
        assert experiment(**change) != experiment()

    def test_the_name_makes_no_difference(self):
        """2.9 and 2.10 differ in their terms alone: without any they are one condition, trained once."""
        assert EX_2_9.unregularized() == EX_2_10.unregularized()
        assert hash(EX_2_9.unregularized()) == hash(EX_2_10.unregularized())

    def test_frozen(self):
        with pytest.raises(AttributeError):
            experiment().hidden = 3


class TestWithout:
    def test_drops_the_term_and_its_column(self):
        left = EX_2_10.without("reg-unit")
        assert [term.name for term in left.terms] == ["reg-anchor", "reg-separate", "reg-anti-anchor"]
        assert left.dopesheet.properties == ("lr", "reg-separate", "reg-anchor", "reg-anti-anchor")
        assert len(left.dopesheet) == len(EX_2_10.dopesheet) == 3001
        assert left.name == "2.10 without reg-unit"

    def test_leaves_the_others_and_the_original(self):
        left = EX_2_10.without("reg-unit")
        assert left.terms == EX_2_10.terms[1:]
        assert EX_2_10.terms[0].name == "reg-unit"

    def test_several_in_any_order(self):
        assert (
            EX_2_10.without("reg-unit", "reg-separate").terms
            == EX_2_10.without("reg-separate").without("reg-unit").terms
        )

    def test_all(self):
        bare = EX_2_9.unregularized()
        assert bare.terms == ()
        assert bare.dopesheet.properties == ("lr",)
        assert "reg-planar-d" in bare.name

    def test_unknown_terms_list_the_known(self):
        with refuses(
            ExperimentError,
            "2.10 has no term 'reg-planar' (did you mean 'reg-anchor'?): its terms are reg-unit, reg-anchor, "
            "reg-separate, reg-anti-anchor, for example .without('reg-unit')",
        ):
            EX_2_10.without("reg-planar")

    def test_unlike_any(self):
        with refuses(ExperimentError, "small has no term 'xyz': its terms are reg-unit, reg-anchor,"):
            experiment().without("xyz")

    def test_twice(self):
        with refuses(ExperimentError, "small without reg-unit has no term 'reg-unit'"):
            experiment().without("reg-unit").without("reg-unit")

    def test_where_there_are_none(self):
        with refuses(ExperimentError, "its terms are none"):
            experiment().unregularized().without("reg-unit")


class TestReplace:
    def test_points_follow_the_bottleneck(self):
        narrow = EX_2_10.replace(bottleneck=4)
        assert narrow.bottleneck == 4
        assert [term.regularizer for term in narrow.terms] == [
            Unitarity(),
            AngularAnchor((1, 0, 0, 0)),
            Separate(100),
            AntiAnchor((-1, 0, 0, 0)),
        ]
        assert narrow.terms[1].label == RED
        assert narrow.terms[0].layer == "encoder"

    def test_is_undone_by_its_opposite(self):
        assert EX_2_10.replace(bottleneck=7).replace(bottleneck=5) == EX_2_10

    def test_narrower_and_wider_ones_train(self):
        short = Dopesheet.parse("STEP,lr,reg-separate,reg-anchor,reg-anti-anchor,reg-unit\n0,0.01,1,1,1,1\n3,,,,,")
        for width in (2, 4, 8):
            ensemble = train(EX_2_10.replace(bottleneck=width, dopesheet=short), [0])
            assert ensemble.bottleneck == width
            assert ensemble.history.notnull().all()

    def test_dims_that_do_not_fit_are_refused(self):
        with refuses(RegularizerError, "has the dims (2, 3, 4): they must be different and from 0 to 3"):
            EX_2_9.replace(bottleneck=4)

    def test_given_terms_are_taken_as_they_are(self):
        terms = (UNIT, Term("reg-anchor", AngularAnchor((0, 1, 0, 0)), label=RED))
        assert experiment().replace(bottleneck=4, terms=terms).terms == terms

    def test_checks_anew(self):
        with refuses(ExperimentError, "hidden is 0"):
            EX_2_10.replace(hidden=0)

    @pytest.mark.parametrize("width", [0, 4.0])
    def test_a_width_that_is_none_is_refused_as_such(self, width):
        with refuses(ExperimentError, f"bottleneck is {width}: it must be a whole number from 1 to 1000"):
            EX_2_10.replace(bottleneck=width)


class TestOneTermMore:
    MORE = "STEP,lr,reg-unit,reg-anchor,reg-mine\n0,0.01,0.1,0.02,0.5\n4,0.02,0,0,\n"
    MINE = Term("reg-mine", Separate(power=10))

    def test_is_as_if_it_had_been_listed(self):
        more = experiment().with_term(self.MINE, 0.5)
        assert more == experiment(self.MORE, terms=(UNIT, ANCHOR, self.MINE))
        assert more.name == "small with reg-mine"

    def test_and_without_it_is_as_before(self):
        assert experiment().with_term(self.MINE, {0: 0.5, 4: 0.1}).without("reg-mine") == experiment()

    def test_its_weight_may_change(self):
        weights = [0.5, 0.4, 0.3, 0.2, 0.1]
        assert experiment().with_term(self.MINE, weights).dopesheet.values("reg-mine").tolist() == weights

    def test_what_is_no_term(self):
        message = "small with Separate(power=10, shift=True): give a Term and its weight, for example .with_term(Term("
        with refuses(ExperimentError, message):
            experiment().with_term(Separate(power=10), 0.5)

    def test_a_name_that_is_taken(self):
        with refuses(DopesheetError, "small.csv: it has a column 'reg-unit' already: name the new one otherwise"):
            experiment().with_term(UNIT, 0.5)


class TestRefusals:
    def test_anchor_of_the_wrong_width(self):
        with refuses(
            RegularizerError,
            "AngularAnchor has a point of 3 coordinates, (1, 0, 0), but the latents have 4 dimensions: "
            "give one coordinate each, for example (1.0, 0.0, 0.0, 0.0)",
        ):
            experiment(bottleneck=4)

    def test_subspace_that_is_not_there(self):
        planar = Term("reg-anchor", AxisAlignedSubspace((2, 3)))
        with refuses(RegularizerError, "AxisAlignedSubspace has the dims (2, 3)"):
            experiment(terms=(UNIT, planar))

    def test_term_without_a_column(self):
        with refuses(
            DopesheetError,
            "small.csv, row 1: no column names 'reg-anchor'; the properties are lr, reg-unit",
        ):
            experiment("STEP,lr,reg-unit\n0,0.01,0.1\n4,,\n")

    def test_column_without_a_term(self):
        with refuses(
            DopesheetError,
            "small.csv, row 1, column reg-anchor: no term uses it; this experiment uses lr, reg-unit",
        ):
            experiment(terms=(UNIT,))

    def test_misspelt_column_is_both_and_says_what_may_be_meant(self):
        with pytest.raises(DopesheetError) as refusal:
            experiment(SHEET.replace("reg-anchor", "reg-anchr"))
        assert str(refusal.value).splitlines() == [
            "small.csv, row 1, column reg-anchr: no term uses it (did you mean 'reg-anchor'?); "
            "this experiment uses lr, reg-anchor, reg-unit",
            "small.csv, row 1: no column names 'reg-anchor'; the properties are lr, reg-unit, reg-anchr",
        ]

    def test_no_learning_rate(self):
        with refuses(DopesheetError, "small.csv, row 1: no column names 'lr'"):
            experiment("STEP,reg-unit,reg-anchor\n0,0.01,0.1\n4,,\n")

    def test_two_terms_of_one_name(self):
        with refuses(ExperimentError, "small: two terms are called 'reg-unit': give each a column of its own"):
            experiment(terms=(UNIT, UNIT, ANCHOR))

    @pytest.mark.parametrize("name", ["lr", "reconstruction"])
    def test_terms_called_what_every_run_has(self, name):
        with refuses(ExperimentError, f"small: a term is called {name!r}, as what every run has: name it otherwise"):
            experiment(terms=(UNIT, Term(name, Unitarity())))

    def test_two_labels_of_one_name(self):
        """They would be drawn as one."""
        other = Term("reg-unit", Unitarity(), label=dataclasses.replace(RED, power=2))
        with refuses(ExperimentError, "small: two different labels share a name, among red, red: a seed draws by the"):
            experiment(terms=(other, ANCHOR))

    def test_one_label_for_two_terms(self):
        assert len(experiment(terms=(Term("reg-unit", Unitarity(), label=RED), ANCHOR)).terms) == 2

    @pytest.mark.parametrize(
        ("size", "given", "allowed"),
        [
            ("bottleneck", 0, "1 to 1000"),
            ("bottleneck", 2.0, "1 to 1000"),
            ("bottleneck", 1001, "1 to 1000"),
            ("hidden", True, "1 to 10000"),
            ("nonlinear", -1, "0 to 100"),
            ("nonlinear", None, "0 to 100"),
            ("nonlinear", 101, "0 to 100"),
            ("hidden", 0, "1 to 10000"),
            ("hidden", "16", "1 to 10000"),
            ("hidden", 10**12, "1 to 10000"),
            ("batch", 0, "1 to 1000000"),
            ("batch", 64.0, "1 to 1000000"),
            ("batch", 10**12, "1 to 1000000"),
        ],
    )
    def test_sizes(self, size, given, allowed):
        with refuses(
            ExperimentError,
            f"small: {size} is {given!r}: it must be a whole number from {allowed}, for example 5"
            + "; or 'all'" * (size == "batch"),
        ):
            experiment(**{size: given})

    def test_form(self):
        with refuses(ExperimentError, "small: form is 'sigmoid': it must be a Form, for example Form(output='sigm"):
            experiment(form="sigmoid")
        with refuses(FormError, "the output 'tanh': it is one of 'linear', 'sigmoid', for example Form(output='sigm"):
            Form(output="tanh")
        with refuses(FormError, "the activation 'GELU': it is one of 'gelu', 'relu', for example Form(activation='re"):
            Form(activation="GELU")

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            ({"name": None}, "None: name is None: it must be a string, for example '2.10'"),
            (
                {"data": training_cube()},
                "it must be a function that makes the cube, for example training_cube, not its",
            ),
            ({"data": "training_cube"}, "small: data is 'training_cube': it must be a function that makes the cube"),
            (
                {"dopesheet": "my.csv"},
                "small: dopesheet is 'my.csv': it must be a Dopesheet, for example Dopesheet.fro",
            ),
            ({"terms": [UNIT, ANCHOR]}, "it must be a tuple of terms, for example (Term('reg-unit', Unitarity()),)"),
            ({"terms": UNIT}, "it must be a tuple of terms, for example"),
            ({"terms": (Unitarity(),)}, "small: terms is (Unitarity(),): it must be a tuple of terms, for example"),
            (
                {"curriculum": "data"},
                "small: curriculum is 'data': it must be a Curriculum or None, for example Curric",
            ),
        ],
    )
    def test_parts_of_another_kind(self, change, message):
        with refuses(ExperimentError, message):
            experiment(**change)

    @pytest.mark.parametrize("layer", ["Bottleneck", "bottelneck", "Encoder", "decoder", None, 1, ["encoder"]])
    def test_layer(self, layer):
        hints = {"Bottleneck": "bottleneck", "bottelneck": "bottleneck", "Encoder": "encoder", "decoder": "encoder"}
        hint = f" (did you mean {hints[layer]!r}?)" if isinstance(layer, str) else ""
        with refuses(
            ExperimentError,
            f"the term 'reg-unit' measures on the layer {layer!r}{hint}: it must be 'bottleneck', the unit sphere, or "
            "'encoder', before normalization, for example Term('reg-unit', Unitarity(), layer='encoder')",
        ):
            Term("reg-unit", Unitarity(), layer=layer)

    @pytest.mark.parametrize(
        ("parts", "message"),
        [
            (
                ("", Unitarity()),
                "a term is called '': it must have the name of a column of the dopesheet, for example 'r",
            ),
            ((7, Unitarity()), "a term is called 7"),
            (("reg", Unitarity), "it must be a Regularizer, for example Unitarity()"),
            (
                ("reg", Unitarity(), "red"),
                "has the label 'red': it must be a Label, or None for all rows, for example R",
            ),
        ],
    )
    def test_term(self, parts, message):
        with refuses(ExperimentError, message):
            Term(*parts)

    @pytest.mark.parametrize("colors", [(), [(1, 0, 0)], ([1, 0, 0],), (1, 0, 0), None])
    def test_colors_that_drift(self, colors):
        with refuses(
            ExperimentError, f"the term 'drift' holds the colors {colors!r}: they must be a tuple of tuples, "
        ):
            Drift("drift", colors, action="anchor")

    @pytest.mark.parametrize("action", ["", None])
    def test_action_of_a_drift(self, action):
        with refuses(ExperimentError, f"'drift' is captured at the action {action!r}: give its name in the dopesheet,"):
            Drift("drift", ((1.0, 0.0, 0.0),), action=action)

    @pytest.mark.parametrize(
        "points", [(), [(1, 0)], ([1, 0],), (1, 0), ((),), (("1", 0),), ((math.nan, 0),), ((2e6, 0),), None]
    )
    def test_latents_of_a_decoding(self, points):
        with refuses(
            ExperimentError,
            f"the term 'fall-back' decodes the latents {points!r}: they must be a tuple of tuples of numbers, at least "
            "one, none of the numbers beyond 1e+06, for example ((-1.0, 0.0, 0.0),)",
        ):
            Decoding("fall-back", points, (0.5, 0.5, 0.5))

    @pytest.mark.parametrize("color", [[0.5, 0.5, 0.5], ((0.5, 0.5, 0.5),), "gray"])
    def test_color_of_a_decoding(self, color):
        with refuses(
            ExperimentError,
            f"the term 'fall-back' decodes to the color {color!r}: it must be one tuple, for example (0.5, 0.5, 0.5), ",
        ):
            Decoding("fall-back", ((-1.0, 0.0),), color)

    def test_a_subspace_of_all_there_is(self):
        """It would be 0, and its column say nothing."""
        everything = Term("reg-anchor", AxisAlignedSubspace((0, 1, 2)))
        with refuses(
            RegularizerError,
            "AxisAlignedSubspace has the dims (0, 1, 2), all that the latents have: every latent lies within what they "
            "span, and the term would do nothing; leave one out, for example (0, 1)",
        ):
            experiment(terms=(UNIT, everything))

    def test_misspelt_fields(self):
        with refuses(FieldError, "Experiment has no field 'bottelneck' (did you mean 'bottleneck'?): its fields are\n"):
            EX_2_10.replace(bottelneck=4)

    def test_a_field_by_another_word_for_it(self):
        """Of the two that have to do with hidden layers it is their number; the message defines both."""
        for make in (Experiment, EX_2_10.replace):
            with pytest.raises(FieldError) as refused:
                make(hidden_layers=3)
            told = str(refused.value).splitlines()
            assert told[0] == "Experiment has no field 'hidden_layers' (did you mean 'nonlinear'?): its fields are"
            assert "    nonlinear: the number of hidden layers on each side of the bottleneck, from 0 to 100." in told
            assert any(line.startswith("    hidden: the number of units in each hidden layer") for line in told)
            assert told[-1] == (
                "for example Experiment(name=..., data=..., dopesheet=..., terms=..., bottleneck=..., nonlinear=...)"
            )

    def test_fields_of_its_parts(self):
        for make, field, nearest in (
            (lambda: Term("reg-unit", Unitarity(), lable=RED), "Term has no field 'lable'", "label"),
            (lambda: AngularAnchor(pont=(1, 0)), "AngularAnchor has no field 'pont'", "point"),
            (lambda: Label("red", scale=1, function=redness, power=1), "Label has no field 'function'", "concept"),
            (lambda: Form(activations="gelu"), "Form has no field 'activations'", "activation"),
            (lambda: Curriculum(columns=("a",), weight=len), "Curriculum has no field 'columns'", "properties"),
        ):
            with refuses(FieldError, f"{field} (did you mean {nearest!r}?): its fields are\n    "):
                make()

    @pytest.mark.parametrize("normalized", ["no", 0, None])
    def test_form_that_is_neither(self, normalized):
        with refuses(FormError, f"normalized is {normalized!r}: it is True or False, for example Form(normalized=Fal"):
            Form(normalized=normalized)

    @pytest.mark.parametrize("activation", [["relu"], None, 1])
    def test_form_of_another_kind(self, activation):
        with refuses(FormError, f"the activation {activation!r}: it is one of 'gelu', 'relu', for example"):
            Form(activation=activation)


class TestTogether:
    def test_differing_in_terms_alone(self):
        every = [experiment(), experiment().without("reg-unit"), experiment().unregularized()]
        assert plan(every).conditions == tuple(every)

    @pytest.mark.parametrize(
        "change", [{"hidden": 3}, {"batch": 8}, {"data": rgb_training_cube}, {"form": Form("relu")}]
    )
    def test_differing_in_more(self, change):
        with refuses(ExperimentError, "small and large differ in more than their terms: only what shares its data, si"):
            plan([experiment(), experiment().replace(name="large", **change)])

    def test_in_another_order(self):
        turned = experiment(name="turned", terms=experiment().terms[::-1])
        with refuses(ExperimentError, "small, turned list the same terms in different orders: give them one order, f"):
            plan([experiment(), turned])

    @pytest.mark.parametrize("change", [{"batch": 8}, {"data": rgb_training_cube}, {"hidden": 3}])
    def test_what_differs_in_more_is_in_a_stack_of_its_own(self, change):
        one, other = experiment(), experiment(**change)
        assert stacks([one, other, one.without("reg-unit")]) == [[one, one.without("reg-unit")], [other]]

    def test_stacks(self):
        small, bare = experiment(), experiment().unregularized()
        large, other = experiment(hidden=32), experiment().without("reg-unit")
        assert stacks([small, large, bare, other]) == [[small, bare, other], [large]]

    def test_order_of_all_terms_is_that_of_each(self):
        a, b, c = (Term(name, Unitarity()) for name in "abc")
        sheet = "STEP,lr,a,b,c\n0,0,0,0,0"
        whole = experiment(sheet, terms=(a, b, c))
        assert plan([whole.without("a"), whole.without("c")]).terms == (a, b, c)
        assert plan([whole.without("a", "b"), whole]).terms == (a, b, c)
        assert plan([whole.without("b"), whole.without("a")]).terms[-1] == c

    def test_labels_of_one_name(self):
        redder = dataclasses.replace(RED, power=2)
        terms = (*experiment().terms[:-1], dataclasses.replace(ANCHOR, label=redder))
        with refuses(ExperimentError, "small and redder: two different labels share a name, among red, red"):
            plan([experiment(), experiment(name="redder", terms=terms)])

    def test_what_is_none(self):
        with refuses(ExperimentError, "range(0, 4) is no Experiment: give one and its seeds, for example EX_2_10, ra"):
            plan([experiment(), range(4)])

    def test_what_is_a_mapping_of_many(self):
        """Its `repr` has 29,000 characters."""
        with pytest.raises(ExperimentError, match=r"\.\.\..* is no Experiment: give one and its seeds") as refused:
            plan([EX_1_8])
        assert len(str(refused.value)) < 500

    def test_none(self):
        with refuses(ExperimentError, "no conditions to train together: give at least one, for example [EX_2_10]"):
            plan([])

    def test_are_value_errors(self):
        assert issubclass(ExperimentError, ValueError)
        assert issubclass(DopesheetError, ValueError)
