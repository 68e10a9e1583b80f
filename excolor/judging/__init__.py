"""How samples over seeds make an Estimate, how a Claim about it gets its verdict, and the thresholds of claims."""
