"""Which pages show and change assessments on site?"""
