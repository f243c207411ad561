"""An OpenAI-compatible server that answers legally by sampling the JSON schema it was sent.

Kept apart: what a request asks for (`chat_request`, `asked`), drawing a value from a schema (`schemas`, pure), the wire
form of an answer (`completion`, pure), and the HTTP shell around them (`app`, `serving`).
"""
