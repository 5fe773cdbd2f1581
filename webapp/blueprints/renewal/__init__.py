from flask import Blueprint

blueprint = Blueprint("renewal", __name__)
