"""What is measured of an ensemble: one number, or one array, for each seed."""
