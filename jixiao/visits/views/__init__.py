"""Which pages show assessments on site? Each file is one part of the way."""
