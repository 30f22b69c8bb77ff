"""Where a strategy contradicts itself, both lines are told; a copy that is put right is silent."""

import re

import pytest

from generator.strategy.drift.contradictions import find_contradictions
from tests.strategies import NAMES, VALID, change, read, read_document

# What is changed in the valid document, and the report: the line it stands on, the other line, and the words.
CONTRADICTIONS: dict[str, tuple[dict[str, str], list[str]]] = {
    "bands that overlap": (
        {
            "Able ($1K-$10K MRR)": "Able ($500-$10K MRR)",
            "$1,000 - $10,000 monthly": "$500 - $10,000 monthly",
            "**Able:** $1K-$10K MRR": "**Able:** $500-$10K MRR",
            "Reached $1K-$10K MRR": "Reached $500-$10K MRR",
            "**Scale** to $1K-$10K MRR": "**Scale** to $500-$10K MRR",
            "$100-$1,000/month": "$50-$1,000/month",
        },
        ["16, 6: $500 - $10,000 of Able overlaps $0 - $1,000 of New. See line 6."],
    ),
    "a gap between bands": (
        {
            "New (0-10 seats)": "New (0-8 seats)",
            "0 - 10 seats": "0 - 8 seats",
            "**New:** 0-10 seats": "**New:** 0-8 seats",
        },
        ["44, 36: between 0 - 8 of New and 11+ of Able is a gap. See line 36."],
    ),
    "a gap between bands of money": (
        {
            "New ($0-$1K MRR)": "New ($0-$900 MRR)",
            "$0 - $1,000 monthly": "$0 - $900 monthly",
            "Under $1K MRR": "Under $900 MRR",
        },
        ["16, 6: between $0 - $900 of New and $1,000 - $10,000 of Able is a gap. See line 6."],
    ),
    "a heading and its line": (
        {"New ($0-$1K MRR)": "New ($0-$2K MRR)"},
        ["5, 6: the heading says $0-$2K for New, whose range is $0 - $1,000. See line 6."],
    ),
    "a guide and a band": (
        {"Under $1K MRR": "Under $2K MRR"},
        ["57, 6: the guide says Under $2K for New, whose range is $0 - $1,000. See line 6."],
    ),
    "a guide that begins elsewhere": (
        {"**Free:** $10K+ MRR": "**Free:** $12K+ MRR"},
        ["59, 26: the guide says $12K+ for Free, whose range is $10,000+. See line 26."],
    ),
    "a guide in counts": (
        {"**Able:** 11+ seats": "**Able:** 20+ seats"},
        ["66, 44: the guide says 20+ for Able, whose range is 11+. See line 44."],
    ),
    "levels by what no question asks": (
        {"What is your monthly recurring revenue?": "What do your tools cost?"},
        ["54, 6: no question asks for monthly recurring revenue, which defines the levels of 'Makers'. See line 6."],
    ),
    "levels by what is asked only as a share": (
        {"What is your monthly recurring revenue?": "What percentage of revenue goes to tools?"},
        ["54, 6: no question asks for monthly recurring revenue, which defines the levels of 'Makers'. See line 6."],
    ),
    "levels by what is only asked yes or no": (
        {"How many seats do you have?": "Do you share seats?"},
        ["62, 36: no question asks for seats, which defines the levels of 'Users'. See line 36."],
    ),
    "a price that differs": (
        {"Offer: Course ($97), coaching": "Offer: Course ($127), coaching"},
        ["80, 74: 'Course' is $127 here and $97 there. See line 74."],
    ),
    "a price range that differs": (
        {"Offer: Course ($97), coaching": "Offer: Course ($97-$127), coaching"},
        ["80, 74: 'Course' is $97-$127 here and $97 there. See line 74."],
    ),
    "an offer that is free elsewhere": (
        {"- Offer: Course ($97)\n": "- Offer: Free course\n"},
        ["80, 74: 'Course' is $97 here and free there. See line 74."],
    ),
    "a share of the band": (
        {"(10% of revenue)": "(20-30% of revenue)"},
        ["18, 16: $100-$1,000 of $1,000 - $10,000 is not 20-30%. See line 16."],
    ),
    "a next step beyond the next level": (
        {"**Scale** to $1K-$10K MRR": "**Scale** to $10K-$20K MRR"},
        ["11, 16: the next step is $10K-$20K, but Able is $1,000 - $10,000. See line 16."],
    ),
    "a next step that ends beyond the next level": (
        {"**Scale** to $1K-$10K MRR": "**Scale** to $1K-$20K MRR"},
        [
            "11, 86: $1K-$20K here and $1K-$10K there are said of the same: MRR. See line 86.",
        ],
    ),
    "a next step beyond the last level's beginning": (
        {"$10K+ MRR ($120K+ ARR)\n": "$20K+ MRR ($240K+ ARR)\n"},
        ["21, 26: the next step is $20K+, but Free is $10,000+. See line 26."],
    ),
    "a wish for what one has": (
        {"Wants to reach $5K MRR": "Wants to reach $500 MRR"},
        ["9, 6: $500 is wished for, but New reaches up to $1,000 already. See line 6."],
    ),
    "a wish for a year": (
        {"Wants to reach $5K MRR": "Wants to reach $6K ARR"},
        ["9, 6: $6K a year, $500 a month, is wished for, but New reaches up to $1,000 already. See line 6."],
    ),
    "a share in two sections": (
        {"from 20-30% to 40-50%": "from 20-30% to 45-60%"},
        ["12, 87: 45-60% here and 40-50% there are said of the same: margin. See line 87."],
    ),
    "a count in two sections": (
        {"- Has a team of 2-4 engineers": "- Has a team of 3-6 engineers"},
        [
            "22, 89: 2-4 here and 3-6 there are said of the same: engineers. See line 89.",
            "89, 28: 3-6 here and 2-4 there are said of the same: engineers. See line 28.",
        ],
    ),
    "a result that is not the next band": (
        {"- Reached $1K-$10K MRR": "- Reached $2K-$5K MRR"},
        [
            "11, 86: $1K-$10K here and $2K-$5K there are said of the same: MRR. See line 86.",
            "86, 16: $2K-$5K here and $1,000 - $10,000 there are said of the same: MRR. See line 16.",
        ],
    ),
    "an offer named for one audience": (
        {"coaching ($500-$900)": "Makers' coaching ($500-$900)"},
        ["80, 33: 'Makers' coaching' is named for Makers, but is made to Users too. See line 33."],
    ),
}

# What differs and is still no contradiction.
SILENT: dict[str, dict[str, str]] = {
    "a figure within the band": {"- Reached $1K-$10K MRR": "- Reached $3K MRR"},
    "a wish beyond the band": {"Wants to reach $5K MRR": "Wants to reach $60K ARR"},
    "an amount of something else": {"Pays $100-$200/month for tools": "Pays $5,000-$20,000 for a machine"},
    "a price in a key": {"- **Rest** on 20% of your days": "- **Charge** $2,000-$3,000 a project"},
    "two counts of different things": {
        "- **Hire** a team of 2-4 engineers": "- **Hire** 2-4 engineers in 6-8 weeks",
        "- Has a team of 2-4 engineers": "- Ships a release in 7-10 weeks with 2-4 engineers",
    },
    "a share of something else": {"(10% of revenue)": "(60% of costs)"},
    "a share of an amount a year": {"Spends $100-$1,000/month on tools": "Spends $100-$1,000 a year on tools"},
    "the part of a range that improves": {"from 20-30% to 40-50%": "from 45-48% to 40-50%"},
    "one name for two offers": {"Offer: Course ($97), coaching": "Offer: Course with exam ($127), coaching"},
    "an offer without a price the second time": {"Offer: Course ($97), coaching": "Offer: Course, coaching"},
    "an offer for the audience it is named for": {
        "- Offer: Course ($97), coaching ($500-$900)": "- Offer (Makers): Makers' coaching ($500-$900)",
    },
    "a guide without the metric": {"Under $1K MRR, starting": "Starting, pays $3K for tools"},
    "a guide that leaves its end open": {"**Able:** $1K-$10K MRR": "**Able:** $1K+ MRR"},
    "a heading with less": {"Free ($10K+ MRR / $120K+ ARR)": "Free ($10K+ MRR)"},
    "no heading": {"New ($0-$1K MRR)": "New"},
    "no questions at all": {"1. How many seats do you have?": ""},
}


def report(text: str) -> list[str]:
    """What is found, sorted: the line, the other line, and the words."""
    found = []
    for _, diagnostic in find_contradictions(read(text)):
        other = re.search(r" See line (\d+)\.$", diagnostic.message)
        found.append((diagnostic.line, int(other[1]) if other else diagnostic.line, diagnostic.message))
    return [f"{line}, {other}: {message}" for line, other, message in sorted(found)]


def test_a_valid_document_is_silent() -> None:
    assert report(VALID) == []


@pytest.mark.parametrize("name", CONTRADICTIONS)
def test_a_contradiction_is_found_with_both_its_lines(name: str) -> None:
    changes, expected = CONTRADICTIONS[name]
    assert report(change(changes)) == expected


@pytest.mark.parametrize("name", SILENT)
def test_what_only_looks_like_a_contradiction_is_none(name: str) -> None:
    assert report(change(SILENT[name])) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_document_that_agrees_with_itself_is_silent(name: str) -> None:
    assert report(read_document(name)) == []


def test_a_contradiction_is_a_warning_that_says_how_to_mend_it() -> None:
    found = find_contradictions(read(change({"Offer: Course ($97), coaching": "Offer: Course ($127), coaching"})))
    assert [str(diagnostic) for _, diagnostic in found] == [
        "strategy.md:80: warning: 'Course' is $127 here and $97 there. See line 74. "
        "Keep one price, or name the offers apart."
    ]


def test_a_place_has_a_name_of_its_own_so_that_it_can_be_recorded() -> None:
    changes = {**CONTRADICTIONS["a price that differs"][0], **CONTRADICTIONS["a wish for what one has"][0]}
    places = [(diagnostic.line, where) for where, diagnostic in find_contradictions(read(change(changes)))]
    assert places == [(9, "Makers level 1: wish"), (80, "offers: Course")]
