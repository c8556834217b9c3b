"""Which lists are there, why is whom on them, and what waits for whose decision?"""
