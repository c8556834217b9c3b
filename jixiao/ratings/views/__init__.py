"""What do the pages of polls show?"""
