"""Schedules: a table of keyframes gives every property its value at every training step."""
