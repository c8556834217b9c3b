"""Which pages are there about grades of people?"""
