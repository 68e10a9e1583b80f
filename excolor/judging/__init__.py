"""From samples over seeds to an Estimate, from a Claim to its verdict, and the thresholds that claims share."""
