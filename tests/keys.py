"""Secrets of the tests, as good as real ones."""

KEY = "vCzPqL8s2mXwT4rJ9bNfH6kD1gYeA7uZ"
OTHER_KEY = "Qe5RtW3yUiO8pAsD2fGhJ6kLzXc4VbNm"
