"""Differentiable pictures of scenes; knows torch, nothing of diffusion and nothing of the program."""
