"""What is looked for: the phrase language, entries, concepts and operators, loaded from YAML and checked."""
