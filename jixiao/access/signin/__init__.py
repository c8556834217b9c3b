"""How does signing in differ from what the libraries do?"""
