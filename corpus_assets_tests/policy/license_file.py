"""The packaged license policy as text, and changed copies of it."""

from pathlib import Path

from corpus_assets.policy import licenses
from corpus_assets.policy.licenses import LicensePolicy
from corpus_assets.policy.strict import parse

DEFAULT = Path(licenses.__file__).with_name("licenses.yaml").read_text(encoding="utf-8")


def changed(old: str, new: str) -> LicensePolicy:
    """The packaged policy with one passage replaced, which must be there."""
    assert old in DEFAULT
    return parse(LicensePolicy, DEFAULT.replace(old, new), "licenses.yaml")
