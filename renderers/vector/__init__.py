"""What a vector scene is made of: its first shapes, where they go in a picture, and what they should not do.

Everything is on the unit square, +x right, +y down, (0, 0) the top-left corner: the canvas, whatever its size in a
file.
"""
