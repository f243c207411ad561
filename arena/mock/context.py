"""A context that a prompt may outgrow, and what servers say then, in the words that they really use.

The words are from OpenAI's API, vLLM (`entrypoints/openai/serving_engine.py`) and llama.cpp (`tools/server`), as they
were in 2025 and 2026.
"""

from dataclasses import dataclass
from typing import Literal

from arena.mock.api_error import ApiError
from arena.mock.json_value import Json
from arena.mock.request import Request
from arena.mock.usage import tokens

Words = Literal["openai", "vllm", "llama.cpp"]


@dataclass(frozen=True, slots=True)
class Context:
    """A context of `size` tokens, the prompt's and the answer's together, and whose words tell that it is too small."""

    size: int
    words: Words = "openai"

    def check(self, request: Request) -> None:
        """Raises ApiError (400) where a request asks for more."""
        sent = tokens(request.prompt + request.extras)
        over = sent >= self.size or (self.words != "llama.cpp" and sent + (request.most or 0) > self.size)
        if over:
            raise self._error(request, sent)

    def _error(self, request: Request, sent: int) -> ApiError:
        match self.words:
            case "openai" if request.api == "responses":
                said = "Your input exceeds the context window of this model. Please adjust your input and try again."
                return ApiError(400, said, param="input", code="context_length_exceeded")
            case "openai":
                return ApiError(400, self._of_openai(request, sent), param="messages", code="context_length_exceeded")
            case "vllm":
                shape: dict[str, Json] = {"type": "BadRequestError", "param": None, "code": 400}
                return ApiError(400, self._of_vllm(request, sent), shape=shape)
            case "llama.cpp":
                size = f"the available context size ({self.size} tokens)"
                said = f"request ({sent} tokens) exceeds {size}, try increasing it"
                kind = "exceed_context_size_error"
                return ApiError(
                    400, said, shape={"code": 400, "type": kind, "n_prompt_tokens": sent, "n_ctx": self.size}
                )

    def _of_openai(self, request: Request, sent: int) -> str:
        head = f"This model's maximum context length is {self.size} tokens. However, "
        if request.most is not None:
            parts = f"({sent} in the messages, {request.most} in the completion)"
            asked = f"you requested {sent + request.most} tokens {parts}"
            return f"{head}{asked}. Please reduce the length of the messages or completion."
        return f"{head}your messages resulted in {sent} tokens. Please reduce the length of the messages."

    def _of_vllm(self, request: Request, sent: int) -> str:
        if sent >= self.size or request.most is None:
            return (
                f"This model's maximum context length is {self.size} tokens. However, your request has {sent} input "
                "tokens. Please reduce the length of the input messages."
            )
        most = request.most
        return (
            f"'max_tokens' or 'max_completion_tokens' is too large: {most}. This model's maximum context length is "
            f"{self.size} tokens and your request has {sent} input tokens ({most} > {self.size} - {sent})."
        )
