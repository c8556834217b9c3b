"""What tables did the clerks send, and what is wrong with them, named by sheet, row and column?"""
