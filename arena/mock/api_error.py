"""A refusal in the shape that OpenAI's API gives its errors, which the official client reads."""

from collections.abc import Mapping

from arena.mock.json_value import Json


class ApiError(Exception):
    """A request that is answered with an error instead of a completion.

    `status` is the HTTP status; `param` names the offending parameter where there is one; `code` is OpenAI's
    machine-readable reason, or None. `shape` stands in place of all but the message, for servers that write their
    errors otherwise. `headers` go with it.
    """

    def __init__(
        self,
        status: int,
        message: str,
        *,
        param: str | None = None,
        code: str | None = None,
        shape: Mapping[str, Json] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.param = param
        self.code = code
        self.headers = dict(headers or {})
        kind = "server_error" if status >= 500 else "rate_limit_error" if status == 429 else "invalid_request_error"
        self._shape = {"type": kind, "param": param, "code": code} if shape is None else dict(shape)

    def body(self) -> dict[str, Json]:
        """The JSON body: {"error": {"message", "type", "param", "code"}}, or as the shape has it."""
        return {"error": {"message": self.message, **self._shape}}


def bad_request(message: str, param: str | None = None, code: str | None = None) -> ApiError:
    """A 400 about one parameter."""
    return ApiError(400, message, param=param, code=code)
