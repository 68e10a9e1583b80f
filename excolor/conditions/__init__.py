"""What is trained: frozen descriptions of architectures, labels, regularizers, curricula and experiments."""
