"""The yardstick of a request: a bare Flask application that says hello, served as ours is."""

from flask import Flask

app = Flask("hello", static_folder=None)


@app.route("/", methods=["GET", "POST"])
def hello() -> str:
    return "Hello"
