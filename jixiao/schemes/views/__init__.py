"""The pages of the schemes, in three files: reading, editing, moving on."""
