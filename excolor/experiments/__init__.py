"""The published experiments, each a file beside its dopesheet."""
