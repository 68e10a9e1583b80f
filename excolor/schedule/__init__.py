"""From a table of keyframes to the value of every property at every training step."""
