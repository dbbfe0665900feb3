"""A text in every language of the product, carried by whoever declares it."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Wording:
    """One text in Norwegian Bokmål, Danish and English."""

    nb: str
    da: str
    en: str

    def in_language(self, language: str) -> str:
        """The text in ``nb``, ``da`` or ``en``; English for any other language."""
        return {"nb": self.nb, "da": self.da}.get(language, self.en)
