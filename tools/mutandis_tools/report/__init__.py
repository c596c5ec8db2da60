"""What people read: diagnostics, decisions and graphs, written out in each of the forms they are asked for."""
