"""The transcripts of all experiments, by name."""

import transcript_control
import transcript_reruns
import transcript_shaping

TRANSCRIPT = {
    **transcript_shaping.PUBLISHED,
    **transcript_control.PUBLISHED,
    **transcript_control.ONE_CHANGE,
    **transcript_reruns.PUBLISHED,
}
