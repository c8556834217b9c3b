"""Which bulletins are there, what do they say, who may read them?"""
