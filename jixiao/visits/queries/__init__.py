"""What is known about assessments on site? Each file answers one kind of page."""
