"""From transcripts to figures: what matches came to, read and averaged; nothing is played."""
