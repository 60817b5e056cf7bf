"""Each claim can be followed from the document to its sources, and what is still missing is named."""

from pathlib import Path

import pytest

from lumbar.evidence.claims import claims
from lumbar.trace import trace

LESSON = """---
kernelspec:
  name: python3
  display_name: Python 3
---

# From tension to the joints

```{{code-cell}} ipython3
{code}
```
"""


class Writer:
    """Writes lesson 08 with one code cell, and follows a claim through it."""

    def __init__(self, folder: Path):
        self.folder = folder

    def writes(self, code: str) -> None:
        (self.folder / "08-from-tension-to-joints.md").write_text(LESSON.format(code=code), encoding="utf-8")

    def follows(self, id: str):
        return next(chain for chain in trace(self.folder) if chain.claim.id == id)


@pytest.fixture
def writer(tmp_path: Path) -> Writer:
    return Writer(tmp_path)


def test_a_lesson_still_to_come_is_a_gap(writer):
    chain = writer.follows("C16")
    assert chain.gaps == ("lesson 08, From tension to the joints",)


def test_a_written_lesson_lacks_what_it_does_not_show(writer):
    writer.writes('claim("C15")')
    assert writer.follows("C15").gaps == ("figure in lesson 08", "explorer in lesson 08", "item in lesson 08")
    assert writer.follows("C16").gaps[0] == "claim card in lesson 08"


def test_a_figure_counts_for_the_claims_it_serves_and_no_other(writer):
    writer.writes('figure("facet-blocks")')
    assert writer.follows("C16").figures == ("facet-blocks",)
    assert writer.follows("C15").figures == ()


def test_a_figure_nobody_has_drawn_yet_is_not_counted(writer):
    writer.writes('figure("no-such-plate")')
    assert writer.follows("C16").figures == ()


def test_every_claim_has_its_chain_in_the_order_of_the_document():
    assert [chain.claim.id for chain in trace()] == list(claims())


@pytest.mark.parametrize("chain", trace(), ids=lambda chain: chain.claim.id)
def test_every_claim_is_whole_from_document_to_sources(chain):
    assert not chain.gaps
    assert chain.claim.sources and f"verdict    {chain.claim.verdict}" in str(chain)
