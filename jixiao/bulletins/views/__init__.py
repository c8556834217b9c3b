"""Which pages do bulletins have?"""
