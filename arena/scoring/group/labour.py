"""How labour is divided: how far it tells what somebody works on to know who they are, beyond chance."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, isclose, lgamma, log, nan

from arena.solutions.tolerance import TOLERANCE

Table = Sequence[Sequence[int]]


def adjusted_mutual_information(counts: Table) -> float:
    """AMI_max of the rows and columns of a table of counts: (MI - E) / (max(H_rows, H_columns) - E).

    1 where each tells the other, 0 on the average of all tables with these sums of rows and columns, and below 0 where
    they tell less than that; at most 1. E is the exact expectation over such tables (the hypergeometric model). NaN
    where an entropy is 0, and where the sums leave no room above chance. Vinh, Epps and Bailey (2010), JMLR 11, table
    2 and equation 24a.
    """
    rows = [sum(row) for row in counts]
    columns = [sum(column) for column in zip(*counts, strict=True)]
    by_row, by_column = entropy(rows), entropy(columns)
    if not by_row > TOLERANCE or not by_column > TOLERANCE:  # NaN among them: there is nothing at all
        return nan
    expected, most = _expected(rows, columns), max(by_row, by_column)
    if isclose(most, expected, abs_tol=TOLERANCE):
        return nan
    return (_information(counts, rows, columns) - expected) / (most - expected)


def entropy(counts: Sequence[int]) -> float:
    """The entropy of the shares that counts make of their sum, in nats; NaN where the sum is 0."""
    total = sum(counts)
    return -sum(n / total * log(n / total) for n in counts if n) if total else nan


def _information(counts: Table, rows: Sequence[int], columns: Sequence[int]) -> float:
    """MI in nats."""
    total = sum(rows)
    return sum(
        n / total * log(total * n / (a * b))
        for row, a in zip(counts, rows, strict=True)
        for n, b in zip(row, columns, strict=True)
        if n
    )


def _expected(rows: Sequence[int], columns: Sequence[int]) -> float:
    """The mean of MI over all tables with these sums, in nats."""
    total = sum(rows)
    return sum(
        n / total * log(total * n / (a * b)) * exp(_chance(n, a, b, total))
        for a in rows
        for b in columns
        for n in range(max(1, a + b - total), min(a, b) + 1)
    )


def _chance(n: int, a: int, b: int, total: int) -> float:
    """The logarithm of the chance that n of a row's a lie in a column's b, of so many in all."""
    above = _log_factorial(a) + _log_factorial(b) + _log_factorial(total - a) + _log_factorial(total - b)
    below = _log_factorial(total) + _log_factorial(n) + _log_factorial(a - n) + _log_factorial(b - n)
    return above - below - _log_factorial(total - a - b + n)


def _log_factorial(n: int) -> float:
    return lgamma(n + 1)
