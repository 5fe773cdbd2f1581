from flask import Blueprint

blueprint = Blueprint("session", __name__)
