"""Every number the law works with."""
