"""Negotiation over issues with private points: moves are propose, accept, reject and walk away."""
