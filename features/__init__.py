"""What an auditor reads: the policy register and the feature files, in the policy's own order."""
