"""What do pages and actions ask about grades of people?"""
