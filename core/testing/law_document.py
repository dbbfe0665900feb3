"""Write the page about a plugin's law, from what its files declare.

python -m core.testing.law_document no_introduction > docs/law/no-introduction.md
"""

import argparse
import sys
from collections.abc import Sequence

from core.rules.document import document
from core.testing.law_mutations import rule_sets_of


def page_of(plugin: str) -> str:
    """The page in Markdown."""
    rule_sets = {f"{plugin}.{key}": one for key, one in rule_sets_of(plugin).items()}
    return document(f"The law of the module {plugin}", rule_sets)


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the page."""
    parser = argparse.ArgumentParser(prog="law_document")
    parser.add_argument("plugin")
    sys.stdout.write(page_of(parser.parse_args(arguments).plugin))


if __name__ == "__main__":
    main()
