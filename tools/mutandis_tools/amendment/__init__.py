"""What binds the official text to rules: the rules a provision carries, the file of a new article."""
