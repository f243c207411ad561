"""The picture of a market: supply and demand, the competitive prices, and the trades in their order."""
