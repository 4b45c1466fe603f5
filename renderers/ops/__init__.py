"""Differentiable operations: one folder each. The folder is the registry."""
