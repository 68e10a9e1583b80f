"""The catalogue of faults, room by room: each file lists those of one room."""

import in_colors
import in_conditions
import in_edits
import in_experiments
import in_hypotheses
import in_judging
import in_keeping
import in_measures
import in_numerics
import in_plots
import in_report
import in_schedule
import in_sweeping
import in_training
import in_verdicts

CATALOGUE = [
    *in_numerics.FAULTS,
    *in_colors.FAULTS,
    *in_schedule.FAULTS,
    *in_conditions.FAULTS,
    *in_experiments.FAULTS,
    *in_hypotheses.FAULTS,
    *in_training.FAULTS,
    *in_keeping.FAULTS,
    *in_edits.FAULTS,
    *in_measures.FAULTS,
    *in_sweeping.FAULTS,
    *in_judging.FAULTS,
    *in_plots.FAULTS,
    *in_verdicts.FAULTS,
    *in_report.FAULTS,
]
