"""Pages of consequences: lists, rules, and matters of people."""
