"""Model endpoints: where a model lives, what it is sent, and how what comes back is read.

`dialects`, `reply_text` and `messages` are pure and import no client, so that a transcript is verified without one.
"""
