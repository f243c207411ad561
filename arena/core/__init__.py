"""The record and the rules of play: pure, standard library and the codec's struct types only."""
