"""What scripted agents of every family share: finding a policy, speaking, choosing by lot."""
