"""The home page of a tenant."""

from flask import Blueprint, render_template

from tenants.home import service

home = Blueprint("tenants_home", __name__, url_prefix="/t/<slug>")


@home.get("/", endpoint="home")
def page() -> str:
    """What asks for the member."""
    return render_template("tenants_home/home.html", home=service.home())
