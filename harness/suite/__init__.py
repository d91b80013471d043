"""The suite: the register, the scenarios of the feature files, and the lock that a review has accepted."""
