"""What an address may hold, at its limits."""

import pytest

from webapp.domain.folding import MOST_WORDS, is_list, search_text, searched_words
from webapp.domain.listing.state import LONGEST_SEARCH, AddressReader, TooLong, Unusable, read_page, read_search


@pytest.mark.parametrize("number", [1, 1_000_000])
def test_the_first_and_the_last_page_there_can_be(number: int) -> None:
    assert read_page(str(number)) == number


@pytest.mark.parametrize("text", ["0", "1000001", "-1", "1.5", "²", "٣", ""])
def test_no_other_page(text: str) -> None:
    with pytest.raises(ValueError, match="not a page number"):
        read_page(text)


@pytest.mark.parametrize("text", ["x" * LONGEST_SEARCH, "ﬃ" * (LONGEST_SEARCH // 3)])
def test_a_search_is_as_long_as_an_address(text: str) -> None:
    assert read_search(text) == text


@pytest.mark.parametrize("text", ["x" * (LONGEST_SEARCH + 1), "ﬃ" * (LONGEST_SEARCH // 3 + 1)])
def test_no_search_is_longer_not_even_folded(text: str) -> None:
    with pytest.raises(TooLong):
        read_search(text)


def test_more_words_than_are_sought_one_by_one_are_a_list() -> None:
    words = [f"w{number}" for number in range(MOST_WORDS + 1)]
    assert not is_list(" ".join(words[:-1]))
    assert is_list(" ".join(words))


def test_the_hyphens_of_a_word_may_be_missing_or_blanks() -> None:
    assert searched_words("ab-c d") == [("ab-c", "abc", "ab c"), ("d",)]


def test_what_is_looked_through_has_each_text_apart_and_once_more_without_hyphens() -> None:
    assert search_text(("ab", "d")) == "ab\nd"
    assert search_text(("ab-c", "d")) == "ab-c\nd\nabc\nd"


def test_of_several_values_where_one_is_asked_for_the_first_is_read() -> None:
    reader = AddressReader({"page": ["2", "nonsense"], "q": ["x" * 5000]})
    assert reader.one("page", read_page, 1) == 2
    assert reader.unusable == []
    assert reader.one("q", read_search, "") == ""
    assert reader.unusable == [Unusable("q", "x" * 40, too_long=True)]
