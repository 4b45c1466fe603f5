"""A gradient for an image from a frozen prior; knows torch and diffusers, no camera and no scene."""
