"""The columns of the products file, and what its values must agree on."""

from .columns import Column, Consistency
from .names import code_column, text_column
from .parsers import amount_column, currency_column, period_column, too_precise, yes_no

COLUMNS: tuple[Column, ...] = (
    code_column("product", "a product code", 60, required=True),
    text_column("name", "a name", 120, required=True),
    code_column("family", "a family code", 24, required=True),
    Column("forced", "yes or no", "write yes or no; empty means no", yes_no, flag=True),
    period_column("period", required=True),
    currency_column("currency"),
    amount_column("price", "an amount", required=True),
)

RULES = (
    Consistency(
        "price",
        ("currency",),
        lambda row: too_precise(row["price"], row["currency"]),
        "it has more decimals than its currency",
    ),
)
