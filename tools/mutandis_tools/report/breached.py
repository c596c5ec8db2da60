"""What a breached place binds, in words: where a limit stands elsewhere, and what comes through clauses."""

from __future__ import annotations

from mutandis.citation import parse_citation
from mutandis.decide.result import Breach, Decision
from mutandis_tools.names import Names


def bound_by(breach: Breach, decision: Decision, names: Names) -> tuple[str, ...]:
    """What a breached place binds, where that stands elsewhere, and the clauses through which it applies."""
    told: list[str] = []
    for cited in decision.cited:
        if cited.norm != breach.norm:
            continue
        breached = parse_citation(breach.provision)
        own = any(parse_citation(place).without_sentence().covers(breached) for place in cited.provisions)
        places = ", ".join(names.provision(place) for place in cited.provisions)
        through = [" → ".join(names.provision(step.citation) for step in chain) for chain in cited.chains]
        if own:
            told.extend(f"through {chain}" for chain in through)
        else:
            bound = f"binds what {places} {'requires' if cited.direction == 'must' else 'permits'}"
            told.append(", through ".join([bound, " and ".join(through)]) if through else bound)
    return tuple(dict.fromkeys(told))
