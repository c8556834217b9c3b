"""What is filled in about assessments on site? Each file is one part of the way."""
