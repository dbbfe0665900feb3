"""Fail when a message is missing, unsure or obsolete: ``python -m core.web.translations_check``."""

import sys

from core.web.catalogues import homes, problems, sign_in_problems

if __name__ == "__main__":
    found = [problem for home in homes() for problem in problems(home)] + sign_in_problems()
    for line in found:
        print(line)  # noqa: T201  speaks to a person in a terminal
    if found:
        sys.exit(
            f"{len(found)} messages need attention: run python -m core.web.translations_update and translate"
        )
