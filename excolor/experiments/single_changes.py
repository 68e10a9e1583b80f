"""Conditions one change away from 2.8, 2.9 or 2.10, where the published runs differ in several things at once.

From 2.8 to 2.9 there are four changes: the width of the bottleneck, the depth, the subspace term, and the weight of the
anti-anchor, which falls to a tenth. From 2.9 to 2.10 the subspace term goes, the anchor's weight falls where it rose,
and separation ends higher.
"""

import dataclasses
from types import MappingProxyType

from excolor.conditions.experiment import Term
from excolor.conditions.labels import DESATURATED
from excolor.conditions.regularizers import AxisAlignedSubspace
from excolor.experiments.ex_2_8 import EX_2_8
from excolor.experiments.ex_2_9 import EX_2_9
from excolor.experiments.ex_2_10 import EX_2_10
from excolor.schedule.dopesheet import Dopesheet

SUBSPACE_OF_4 = Term("reg-planar-d", AxisAlignedSubspace((2, 3)), label=DESATURATED)
"""The subspace term of 2.9 for four dimensions: as in 2.9, latents off the first two."""


def with_subspace_column(sheet: Dopesheet) -> Dopesheet:
    """Add the column of 2.9's subspace term to a dopesheet."""
    own = {timeline.name: timeline for timeline in sheet.timelines}
    return dataclasses.replace(
        sheet, timelines=tuple(own.get(timeline.name, timeline) for timeline in EX_2_9.dopesheet.timelines)
    )


ADDED_TO_2_8 = MappingProxyType(
    {
        "width": EX_2_8.replace(name="2.8 with the width of 2.9", bottleneck=EX_2_9.bottleneck),
        "depth": EX_2_8.replace(name="2.8 with the depth of 2.9", nonlinear=EX_2_9.nonlinear),
        "width and depth": EX_2_8.replace(
            name="2.8 with the width and depth of 2.9", bottleneck=EX_2_9.bottleneck, nonlinear=EX_2_9.nonlinear
        ),
        "term": EX_2_8.replace(
            name="2.8 with the subspace term of 2.9",
            terms=(*EX_2_8.terms, SUBSPACE_OF_4),
            dopesheet=with_subspace_column(EX_2_8.dopesheet),
        ),
        "weight": EX_2_8.replace(
            name="2.8 with the weights of 2.9", dopesheet=EX_2_9.dopesheet.drop(SUBSPACE_OF_4.name)
        ),
    }
)
"""2.8 with one thing of 2.9, or with both parts of its architecture."""

TAKEN_FROM_2_9 = MappingProxyType(
    {
        "width": EX_2_9.replace(
            name="2.9 with the width of 2.8", bottleneck=EX_2_8.bottleneck, terms=(*EX_2_8.terms, SUBSPACE_OF_4)
        ),
        "depth": EX_2_9.replace(name="2.9 with the depth of 2.8", nonlinear=EX_2_8.nonlinear),
        "term": EX_2_9.without(SUBSPACE_OF_4.name),
        "weight": EX_2_9.replace(name="2.9 with the weights of 2.8", dopesheet=with_subspace_column(EX_2_8.dopesheet)),
    }
)
"""2.9 with one thing of 2.8."""

EX_2_9_WEIGHTED_AS_2_10 = EX_2_9.replace(
    name="2.9 with the weights of 2.10", dopesheet=with_subspace_column(EX_2_10.dopesheet)
)
"""2.9 with the weights of 2.10, which is the same as 2.10 with the subspace term of 2.9."""
