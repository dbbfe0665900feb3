"""Tables and demo data in one process, for a quick start: ``python -m core.running.data``."""

import sys

from click import ClickException
from flask.cli import FlaskGroup

from core.app import create_app

COMMANDS = (("database", "prepare"), ("demo", "load"))


def main() -> int:
    """Run the commands one after the other in one application; the first that fails ends it."""
    application = create_app()
    flask = FlaskGroup(create_app=lambda: application)
    try:
        for command in COMMANDS:
            flask.main([*command], prog_name="flask", standalone_mode=False)
    except ClickException as problem:
        problem.show()
        return problem.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
