"""Keys such as people have, none of them real; one is put together, so that nobody who looks for keys finds it."""

from __future__ import annotations

KEYS = {
    "of OpenAI": "sk-proj-9fKqT3bL_mZ4xV7wA1cD-e5R8yU2iO6pS0gH",
    "of OpenAI, as it was": "sk-" + "9fKqT3bLmZ4xV7wA1cDeT3BlbkFJ5R8yU2iO6pS0gHjN",
    "of Anthropic": "sk-ant-api03-9fKqT3bLmZ4xV7wA1cDe5R8yU2iO6pS0gHjN-AA",
    "of Google": "AIzaSyD9fKqT3bLmZ4xV7wA1cDe5R8yU2iO6pS0",
    "of Hugging Face": "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",
    "of Groq": "gsk_9fKqT3bLmZ4xV7wA1cDeWGdyb3FY5R8yU2iO6pS0gHjN",
    "of xAI": "xai-9fKqT3bLmZ4xV7wA1cDe5R8yU2iO6pS0gHjN",
    "of NVIDIA": "nvapi-9fKqT3bLmZ4xV7wA1cDe5R8yU2iO6pS0gHjN",
    "of three parts": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhcmVuYSJ9.9fKqT3bLmZ4xV7wA1cDe5R8yU2iO6",
    "of any kind, with what patterns are made of": "a+b(c)[d]{2}^$.*?|\\w-4711",
    "of any kind, with quotes": 'it\'s-a-"quoted"-key-4711',
    "of any kind, percent-encoded": "p%40ss%2Fword%3D4711",
    "of any kind, Base64": "cGFzc3dvcmQ6aHVudGVyMg/+4711==",
    "of any kind, with marks of HTML": "<key>&amp;4711",
    "of any kind, short": "k3y-77",
    "of any kind, in hex": "4f9d0c6b7a8e41d2b3c5f60718293a4b",
    "of any kind, in hex, as a name could be": "b7a8e41d2b3c5f60718293a4b4f9d0c6",
    "of any kind, a UUID": "0b9f2c4e-5d6a-4b7c-8d9e-0f1a2b3c4d5e",
}
