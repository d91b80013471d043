"""The use cases. What they need of the world outside comes in through :mod:`reference_impl.service.ports`."""
