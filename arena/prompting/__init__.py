"""What a model is sent: views and asks as words. Never imported by what needs no model."""

from arena.prompting.prompter import ChatMessage, Prompter

__all__ = ["ChatMessage", "Prompter"]
