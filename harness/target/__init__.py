"""The target: the account service under audit, reached only over HTTP through the contract."""
