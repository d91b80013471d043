"""The reference service: a small SHES account service that keeps its privacy policy and conforms to the contract.

From the outside in: ``bootstrap`` puts the parts together; ``http``, ``store`` and ``outbound`` talk to the world;
``service`` holds the use cases; ``domain`` the rules. ``commands`` hands ``serve`` to the command line.
"""

VERSION = "1.0.0"
"""Version of this service, as ``describeService`` says it."""
