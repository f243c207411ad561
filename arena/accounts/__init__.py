"""What a scenario hands to the measures: accounts of what its group did, one module a kind. Facts, no figures."""
