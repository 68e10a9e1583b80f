"""What is done to trained models, always on a copy: deletion of latent dimensions, suppression, repulsion."""
