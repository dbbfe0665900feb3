"""Which files of the law an answer or a page was made from."""

from hashlib import sha256

from core.law.known import once
from core.rules.rule_set import RuleSet

LENGTH = 8
KINDS = frozenset({".py", ".yaml"})


@once
def files_mark(rule_set: RuleSet) -> str:
    """A short mark that is another as soon as a file of the set's law is; its cases do not count."""
    digest, folder = sha256(), rule_set.folder
    for file in sorted(folder.rglob("*")):
        name = file.relative_to(folder)
        if file.suffix in KINDS and name.parts[0] != "cases":
            digest.update(f"{name}\0".encode() + file.read_bytes())
    return digest.hexdigest()[:LENGTH]
