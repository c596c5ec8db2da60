"""The interview in the terminal: the engine says what to ask, a respondent answers, the engine says when to stop."""
