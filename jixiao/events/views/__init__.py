"""Pages of matters that add or take points."""
