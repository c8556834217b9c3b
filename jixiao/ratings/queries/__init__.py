"""What do the pages of polls ask? One function a page."""
