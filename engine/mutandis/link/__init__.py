"""From rules to norms: citations resolved, applications instantiated, orders and strata fixed."""
