"""Which pages belong to assessments on site?"""
