"""A refusal in the shape that OpenAI's API gives its errors, which the official client reads."""

from arena.mock.json_value import Json


class ApiError(Exception):
    """A request that is answered with an error instead of a completion.

    `status` is the HTTP status; `param` names the offending parameter where there is one; `code` is OpenAI's
    machine-readable reason, or None.
    """

    def __init__(self, status: int, message: str, *, param: str | None = None, code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.message = message
        self.param = param
        self.code = code

    def body(self) -> dict[str, Json]:
        """The JSON body: {"error": {"message", "type", "param", "code"}}."""
        kind = "server_error" if self.status >= 500 else "invalid_request_error"
        return {"error": {"message": self.message, "type": kind, "param": self.param, "code": self.code}}


def bad_request(message: str, param: str | None = None, code: str | None = None) -> ApiError:
    """A 400 about one parameter."""
    return ApiError(400, message, param=param, code=code)
