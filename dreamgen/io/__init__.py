"""What touches the disk and the machine: whole files, checkpoints, locks, pictures, video, reports, randomness."""
