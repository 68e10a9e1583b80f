"""From samples over seeds to an Estimate with its interval, and the thresholds that claims share."""
