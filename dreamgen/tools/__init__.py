"""Programs beside the run: timing, side-by-side sheets, galleries, the check of an installation."""
