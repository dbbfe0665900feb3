"""Run as a program: a PDF on standard input, what its first seal says on standard output, as JSON.

Arguments: seconds and bytes of memory that it may use. A process of its own, because a file from a stranger
can ask for hours of work; it gets no environment and imports nothing of ours, so there is nothing to get at.
"""

import json
import resource
import sys
from io import BytesIO

from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.status import SignatureCoverageLevel
from pyhanko_certvalidator import ValidationContext

WHOLE = SignatureCoverageLevel.ENTIRE_FILE


def limit(seconds: int, memory: int) -> None:
    """Let the operating system stop this process; the parent's clock is there where it cannot."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    if sys.platform == "linux":
        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def read(content: bytes) -> dict[str, object]:
    """Whether the file can be read, and of its first seal: its name, whose, intact, whole."""
    try:
        reader = PdfFileReader(BytesIO(content), strict=False)
        seals = reader.embedded_regular_signatures
        return {"readable": len(reader.root["/Pages"]) > 0, "seal": seal(seals[0]) if seals else None}
    except Exception:  # noqa: BLE001  a broken file breaks the reader in every way there is
        return {"readable": False, "seal": None}


def seal(found: EmbeddedPdfSignature) -> dict[str, object]:
    """What one seal says; a seal that cannot be read at all is not intact."""
    said = {"name": str(found.field_name), "certificate": "", "intact": False, "whole": False}
    try:
        certificate = found.signer_cert
        trusted = ValidationContext(trust_roots=[certificate], allow_fetching=False)
        status = validate_pdf_signature(found, signer_validation_context=trusted)
    except Exception:  # noqa: BLE001  as above
        return said
    return said | {
        "certificate": certificate.sha256.hex(),
        "intact": status.intact and status.valid,
        "whole": status.coverage is WHOLE,
    }


if __name__ == "__main__":
    limit(*(int(argument) for argument in sys.argv[1:]))
    sys.stdout.write(json.dumps(read(sys.stdin.buffer.read())))
