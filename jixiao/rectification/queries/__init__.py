"""What do pages and actions ask about findings and reminders?"""
