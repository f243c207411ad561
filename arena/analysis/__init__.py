"""What runs say: who does better, how sure that is, how much more it would take, how agents rank."""
