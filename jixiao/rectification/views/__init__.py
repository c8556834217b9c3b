"""Pages of rectification: findings, and reminders."""
