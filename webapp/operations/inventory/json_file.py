"""Read a JSON inventory, an array of objects or objects one after the other, without holding all of it."""

import codecs
import json
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from typing import Any, BinaryIO, NoReturn

from .columns import MOST_COLUMNS, Column, Record
from .problems import Problems, UnreadableFile, quoted

BLOCK = 1 << 16
LONGEST_OBJECT = 1 << 20
"""Characters; an object that has not ended by then is taken for a mistake."""
_SPACE = " \t\r\n"


class _Object(list[tuple[str, Any]]):
    """A JSON object with all its keys, also those that come twice."""


class _NotJson(ValueError):
    pass


def _refuse_constant(word: str) -> NoReturn:
    raise _NotJson(f"{word} is not a JSON value")


_DECODER = json.JSONDecoder(object_pairs_hook=_Object, parse_float=str, parse_int=str, parse_constant=_refuse_constant)


def read_json(file: BinaryIO, columns: Collection[Column], problems: Problems) -> Iterator[Record]:
    """Every object. Raises UnreadableFile where the rest of the file makes no sense."""
    known = [column.name for column in columns]
    for line, pairs in read_objects(_Text(file)):
        if len(pairs) > MOST_COLUMNS:
            problems.add(line, f"the object has {len(pairs)} keys, allowed are {MOST_COLUMNS}")
            continue
        for says in _key_faults(Counter(name for name, _ in pairs), known):
            problems.add(line, says)
        yield Record(line, dict(pairs))


def _key_faults(times: Counter[str], known: Sequence[str]) -> Iterator[str]:
    for name, count in times.items():
        if name not in known:
            yield f"column {quoted(name)} is unknown; allowed are {', '.join(known)}"
        if count > 1:
            yield f"column {quoted(name)} is there twice"


def read_objects(text: "_Text") -> Iterator[tuple[int, _Object]]:
    """The objects with the lines they begin on."""
    in_array = text.peek() == "["
    if in_array:
        text.skip()
    if in_array and text.peek() == "]":
        return text.finish()
    while text.peek() or in_array:
        yield text.take_object()
        if in_array and text.peek() == "]":
            return text.finish()
        if in_array:
            text.skip_comma()


class _Text:
    """A window that moves over the file and knows on which line and character it begins."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._decoder = codecs.getincrementaldecoder("utf-8")()
        self._buffer = ""
        self._at = 0
        self._line = 1
        self._character = 1
        self._fresh = True
        self._ended = False

    def peek(self) -> str:
        """The next character that is not space, or nothing at the end."""
        while True:
            begin = self._at
            while begin < len(self._buffer) and self._buffer[begin] in _SPACE:
                begin += 1
            self._advance(begin)
            if self._at < len(self._buffer):
                return self._buffer[self._at]
            if not self._more():
                return ""

    def skip(self) -> None:
        self._advance(self._at + 1)

    def skip_comma(self) -> None:
        if self.peek() != ",":
            self._fail("malformed JSON: expected a comma or the end of the array")
        self.skip()

    def finish(self) -> None:
        """Step over the end of the array; nothing may follow."""
        self.skip()
        if self.peek():
            self._fail("malformed JSON: something follows the array")

    def take_object(self) -> tuple[int, _Object]:
        if self.peek() != "{":
            self._fail("malformed JSON: expected an object")
        line = self._line
        while True:
            try:
                value, end = _DECODER.raw_decode(self._buffer, self._at)
            except (ValueError, RecursionError) as error:
                if len(self._buffer) - self._at > LONGEST_OBJECT or not self._more():
                    self._explain(error)
            else:
                self._advance(end)
                return line, value

    def _explain(self, error: Exception) -> NoReturn:
        if isinstance(error, json.JSONDecodeError):
            self._advance(error.pos)
            self._fail(f"malformed JSON: {error.msg[:1].lower()}{error.msg[1:]}")
        self._fail(f"malformed JSON: {error}" if isinstance(error, _NotJson) else "malformed JSON: too deeply nested")

    def _fail(self, says: str) -> NoReturn:
        raise UnreadableFile(self._line, f"character {self._character}: {says}")

    def _advance(self, to: int) -> None:
        passed = self._buffer.count("\n", self._at, to)
        if passed:
            self._line += passed
            self._character = to - self._buffer.rindex("\n", self._at, to)
        else:
            self._character += to - self._at
        self._at = to

    def _more(self) -> bool:
        """Read on; False at the end."""
        if self._ended:
            return False
        raw = self._file.read(BLOCK)
        self._ended = not raw
        text = self._decoded(raw)
        if self._fresh and text:
            text, self._fresh = text.removeprefix("\ufeff"), False
        self._buffer, self._at = self._buffer[self._at :] + text, 0
        return not self._ended or bool(text)

    def _decoded(self, raw: bytes) -> str:
        try:
            return self._decoder.decode(raw, final=not raw)
        except UnicodeDecodeError as error:
            self._buffer += error.object[: error.start].decode()
            self._advance(len(self._buffer))
            self._fail(f"byte 0x{error.object[error.start]:02x} is not UTF-8; save the file as UTF-8")
