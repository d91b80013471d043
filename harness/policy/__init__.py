"""The policy register and what reads it: clauses, the policy's own text, and the scenarios that carry the clauses."""
