"""Faults in judging: intervals, claims, estimates."""

from fault import Fault

FAULTS = [
    Fault(
        "excolor/judging/intervals.py",
        "betaincinv(count + 1, n - count, 1 - beyond)",
        "betaincinv(count, n - count + 1, 1 - beyond)",
        "tests/unit/judging/test_intervals.py::TestFractionBesideScipy::test_scipy_has_the_same_interval_of_every_count",
    ),
    Fault(
        "excolor/judging/chance.py",
        "[: count + 1].sum())",
        "[:count].sum())",
        "tests/unit/judging/test_chance.py::TestOtherNumbersOfSeeds::test_eight_seeds_decide_only_if_all_of_them_agree",
    ),
    Fault(
        "excolor/judging/trials.py",
        "claim(*deepcopy(inputs))",
        "claim(*inputs)",
        "tests/unit/judging/test_trials.py::TestWhatIsDrawnOnce::"
        "test_a_claim_that_changes_its_input_does_not_change_that_of_the_next",
    ),
    Fault(
        "excolor/judging/trials.py",
        "_drawn(self, len(sys.modules))",
        "_drawn(self, 0)",
        "tests/unit/judging/test_trials.py::TestWhatIsDrawnOnce::test_it_is_drawn_anew_once_more_is_loaded",
    ),
    Fault(
        "excolor/judging/trials.py",
        "except Exception:",
        "except TypeError:",
        "tests/unit/judging/test_trials.py::TestWhatIsDrawnOnce::test_an_error_is_that_of_a_search",
    ),
    Fault(
        "excolor/measures/hue_order.py",
        "(first + last) / 2 + 1",
        "first + 1.0",
        "tests/unit/measures/test_hue_order.py::test_ranks_are_scipys",
    ),
    Fault(
        "excolor/judging/chance.py",
        "or_more = np.sort(group)[::-1]",
        "or_more = np.full(len(group), np.mean(group))",
        "tests/unit/judging/test_chance.py::TestExpectedRange::test_in_a_group_the_surer_come_first",
    ),
    Fault(
        "excolor/judging/chance.py",
        "return math.floor(round(float(lowest @ np.arange(len(outcomes))) / TAIL, DIGITS))",
        "return int(np.searchsorted(np.cumsum(outcomes), TAIL))",
        "tests/unit/judging/test_chance.py::TestExpectedRange::test_however_they_depend_few_outcomes_are_beyond",
    ),
    Fault(
        "excolor/judging/chance.py",
        "if math.isfinite(claim.high) else 1.0",
        "",
        "tests/unit/judging/test_chance.py::TestOtherNumbersOfSeeds::test_a_bound_that_a_claim_has_not_costs_nothing",
    ),
    Fault(
        "excolor/judging/estimates.py",
        "return self.low == self.high and len(set(self.samples)) == 1",
        "return self.low == self.high",
        "tests/unit/judging/test_intervals.py::TestText::test_what_is_the_same_in_every_seed_is_a_fact",
    ),
    Fault(
        "excolor/judging/intervals.py",
        "CONFIDENCE = 0.95",
        "CONFIDENCE = 0.9",
        "tests/unit/judging/test_intervals.py::TestMedian::test_too_few_seeds_have_no_bounds",
    ),
    Fault(
        "excolor/judging/intervals.py",
        "float(np.median(values))",
        "float(np.mean(values))",
        "tests/unit/judging/test_intervals.py::TestMedian::test_six_seeds_reach_from_the_least_to_the_greatest",
    ),
    Fault(
        "excolor/judging/intervals.py",
        "over / under",
        "under / over",
        "tests/unit/judging/test_intervals.py::TestRatio::test_each_seed_is_divided_by_itself",
    ),
    Fault(
        "excolor/judging/intervals.py",
        "over / under",
        "over / np.median(under)",
        "tests/unit/judging/test_intervals.py::TestRatio::test_each_seed_is_divided_by_itself",
    ),
    Fault(
        "excolor/judging/intervals.py",
        "not np.array_equal(seeds_a, seeds_b)",
        "set(seeds_a) != set(seeds_b)",
        "tests/unit/judging/test_intervals.py::TestWhatIsRefused::test_conditions_that_do_not_pair",
    ),
    Fault(
        "excolor/judging/intervals.py",
        "2 * (under == 0).sum() >= len(under)",
        "(under == 0).all()",
        "tests/unit/judging/test_intervals.py::TestWhatIsRefused::test_denominators_that_are_not_above_zero",
    ),
    Fault(
        "excolor/judging/intervals.py",
        "nan=1, posinf=ENDLESS",
        "nan=1, posinf=0",
        "tests/unit/judging/test_intervals.py::TestRatio::test_a_quotient_by_zero_is_larger_than_any",
    ),
    Fault(
        "excolor/judging/intervals.py",
        "nan=1, posinf=ENDLESS",
        "nan=0, posinf=ENDLESS",
        "tests/unit/judging/test_intervals.py::TestRatio::test_zero_by_zero_is_one",
    ),
    Fault(
        "excolor/judging/intervals.py",
        "-math.inf if place is None",
        "float(in_order[0]) if place is None",
        "tests/unit/judging/test_intervals.py::TestMedian::test_too_few_seeds_have_no_bounds",
    ),
    Fault(
        "excolor/judging/intervals.py",
        "float(in_order[-1 - place])",
        "float(in_order[-2 - place])",
        "tests/unit/judging/test_intervals.py::TestMedian::test_six_seeds_reach_from_the_least_to_the_greatest",
    ),
    Fault(
        "excolor/judging/claims.py",
        "x < self.low or (self.low_is_strict and x == self.low)",
        "x < self.low",
        "tests/unit/judging/test_claims.py::test_where_a_number_lies",
    ),
    Fault(
        "excolor/judging/claims.py",
        "x > self.high or (self.high_is_strict and x == self.high)",
        "x >= self.high",
        "tests/unit/judging/test_claims.py::test_where_a_number_lies",
    ),
    Fault(
        "excolor/judging/claims.py",
        "bound - NEAR * abs(bound) <= low and",
        "bound - NEAR * abs(bound) <= low or",
        "tests/unit/judging/test_estimates.py::TestFourVerdicts::test_a_quarter_of_the_threshold_on_either_side_is_at_it",
    ),
    Fault(
        "excolor/judging/claims.py",
        "if len(sides) == 1:",
        "if 0 not in sides:",
        "tests/unit/judging/test_claims.py::test_infinite_bounds_of_what_is_known_decide_nothing",
    ),
    Fault(
        "excolor/judging/claims.py",
        "{self.side(low), self.side(high)}",
        "{self.side((low + high) / 2)}",
        "tests/unit/judging/test_claims.py::test_infinite_bounds_of_what_is_known_decide_nothing",
    ),
    Fault(
        "excolor/judging/claims.py",
        "f\"<{'=' * (not self.high_is_strict)}",
        "f\"<{'=' * self.high_is_strict}",
        "tests/unit/judging/test_claims.py::test_a_comparison_makes_the_claim",
    ),
    Fault(
        "excolor/judging/estimates.py",
        "Claim(low=_threshold(limit)))",
        "Claim(low=_threshold(limit), low_is_strict=True))",
        "tests/unit/judging/test_estimates.py::TestFourVerdicts::test_a_bound_on_the_threshold",
    ),
    Fault(
        "excolor/judging/estimates.py",
        "return self.verdict is Verdict.CONFIRMED",
        "return self.verdict is not Verdict.DISCONFIRMED",
        "tests/unit/judging/test_estimates.py::TestFourVerdicts::test_where_the_interval_lies",
    ),
    Fault(
        "excolor/judging/estimates.py",
        "(self.value, self.low, self.high)]",
        "(self.value, self.high, self.low)]",
        "tests/unit/judging/test_estimates.py::TestText::test_comparison",
    ),
    Fault(
        "excolor/judging/thresholds.py",
        "rgb_to_hsv(named_color(color)))), 3)",
        "rgb_to_hsv(named_color(color)))), 2)",
        "tests/unit/judging/test_thresholds.py::test_share_of_red_is_the_similarity_cubed",
    ),
    Fault(
        "excolor/judging/thresholds.py",
        "UNREBUILT = 2 / 9",
        "UNREBUILT = 1 / 9",
        "tests/unit/judging/test_thresholds.py::test_no_gray_is_a_better_answer_to_red_than_the_one_whose_error_makes_red_lost",
    ),
]
