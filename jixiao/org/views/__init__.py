"""Which pages show and change units and people?"""
