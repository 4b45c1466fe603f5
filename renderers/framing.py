"""From where the prior's pictures see a thing whose box has a diagonal of 1 m (CONVENTIONS.md), and so all cameras that say
nothing else. Light to import: recipes are checked without torch."""

DISTANCE = 1.55             # metres from the origin
FOV_DEG = 40.0              # vertical field of view
