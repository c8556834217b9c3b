"""What is asked where people assess on site? Each file belongs to one kind of page."""
