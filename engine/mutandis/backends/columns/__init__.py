"""The back end of columns: a unit's slots as expressions over whole columns, for Polars and for SQL."""
