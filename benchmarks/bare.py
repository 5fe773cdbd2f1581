"""What Flask alone costs: a page of so many bytes, made beforehand, with nothing around it."""

from functools import lru_cache

from flask import Flask

app = Flask(__name__, static_folder=None)


@app.get("/page/<int:size>")
def page(size: int) -> str:
    return text(size)


@lru_cache
def text(size: int) -> str:
    return "x" * size
