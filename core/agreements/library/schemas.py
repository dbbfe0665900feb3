"""What the form beside each text takes."""

from core.agreements.library.service import SOURCES
from core.web.fields import Choice, Line, WholeNumber
from core.web.forms import FormSchema


class InsertForm(FormSchema):
    """Which text, how it goes in, and the revision of the clause that was shown."""

    source = Choice(SOURCES, required=True)
    entry = Line(max=200, required=True)
    how = Choice(("append", "replace"), required=True)
    revision = WholeNumber(min=0, max=10**9, required=True)
