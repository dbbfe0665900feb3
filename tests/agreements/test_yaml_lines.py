"""Only plain YAML is read, and what is not says where it stands."""

from pathlib import Path

import pytest

from core.rules.yaml_lines import LARGEST_FILE, DeclarationError, read_yaml


@pytest.mark.parametrize(
    ("content", "line", "problem"),
    [
        (b"", 1, "must hold fields"),
        (b"- a\n- b\n", 1, "must hold fields"),
        (b"a: 1\nb: [\n", 3, "not YAML"),
        (b"a: 1\n---\nb: 2\n", 2, "not YAML"),
        (b"a: 1\nb: 2\na: 3\n", 3, "a: the field is written twice"),
        (b"a: 1\nb:\n  c: 1\n  c: 2\n", 4, "b.c: the field is written twice"),
        (b"a: 1\nb: x\0y\n", 2, "U+0000"),
        (b'a: 1\nb: "x\\0y"\n', 2, "U+0000"),
        (b"a: 1\nb: x\x01y\n", 2, "control character"),
        (b"a: 1\nb: \xe6\n", 2, "UTF-8"),
        (b"a: &x [1]\nb: *x\n", 1, "anchors"),
        (b"a: !thing 1\n", 1, "the tag !thing"),
        (b"a: !!int many\n", 1, "not a number"),
        (b"1: a\n", 1, "must be text"),
        (b"%YAML 1.1\n---\na: no\n", 1, "directives"),
        (b"a: " + b"[" * 30 + b"]" * 30, 1, "nested too deeply"),
        (b"a: " + b"[" * 50_000, 1, "nested too deeply"),
        (b"a: " + b"1" * 5000, 1, "not a number"),
        (b"a: " + b"x" * LARGEST_FILE, 1, "larger than 512 KB"),
    ],
)
def test_a_file_that_is_not_plain_yaml_is_refused(
    tmp_path: Path, content: bytes, line: int, problem: str
) -> None:
    (tmp_path / "any.yaml").write_bytes(content)

    with pytest.raises(DeclarationError) as refused:
        read_yaml(tmp_path / "any.yaml")

    assert refused.value.line == line
    assert problem in str(refused.value)
