"""Requests and answers as the contract has them, by noun. Undeclared members of requests are dropped."""
