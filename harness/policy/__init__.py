"""The policy register: its clauses, the comparison with the policy's text, and the scenarios of each clause."""
