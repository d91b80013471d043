"""The target: the account service under audit, reached over HTTP by the contract and by nothing else."""
