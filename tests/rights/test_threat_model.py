"""What the threat model says is proven is what tests are called."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "discussions" / "threat-model.md"
PROOF = re.compile(r"\[([^\]]+)\]\((\.\./\.\./tests/[\w/]+\.py)\)")
PROOFS = [(" ".join(rule.split()), file) for rule, file in PROOF.findall(PAGE.read_text("utf-8"))]


@pytest.mark.parametrize(("rule", "file"), [each for each in PROOFS if each[0] != "a test"])
def test_a_claim_with_a_link_is_a_rule_that_is_tested(rule: str, file: str) -> None:
    tests = (PAGE.parent / file).resolve().read_text("utf-8")

    assert f"def test_{rule.replace(' ', '_')}(" in tests


def test_many_claims_have_a_link() -> None:
    """A pattern that finds none would prove all of them."""
    assert len(PROOFS) > 20
