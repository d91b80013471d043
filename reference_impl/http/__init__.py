"""The service over HTTP: the account API and the assurance API of the contract."""
