"""The pages of assessments on site, a file a part of the way."""
