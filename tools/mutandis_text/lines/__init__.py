"""What each line is, how provisions are numbered, how instruments are cited."""
