"""Call logs of the exchange: Asterisk ``queue_log`` and CDR CSV, as calls with waiting and talk seconds.

queue_log: https://docs.asterisk.org/Configuration/Applications/Queues/queue_log — time|call|queue|agent|event|data…
CDR CSV (Master.csv, cdr_csv): accountcode, src, dst, dcontext, clid, channel, dstchannel, lastapp, lastdata, start,
answer, end, duration, billsec, disposition, amaflags, uniqueid, userfield. Callers' numbers are not taken.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from desk.clock import local_date
from desk.errors import N_, UserError
from desk.registry.application_types import CallOutcome
from desk.registry.import_writing import CallRow
from desk.registry.imports import RowError

LONGEST_SECONDS = 86_400
_ENDS = {"COMPLETECALLER", "COMPLETEAGENT", "COMPLETE"}
_TRANSFERS = {"TRANSFER", "BLINDTRANSFER", "ATTENDEDTRANSFER"}
_LEFT = {"EXITWITHTIMEOUT", "EXITWITHKEY", "EXITEMPTY"}
CDR_COLUMNS = 17


@dataclass(slots=True)
class _Open:
    at: datetime
    queue: str
    agent: str = ""
    waited: int = 0
    connected: datetime | None = None


@dataclass(frozen=True, slots=True)
class CallLog:
    calls: tuple[CallRow, ...]
    errors: tuple[RowError, ...]


def read(text: str, zone: ZoneInfo) -> CallLog:
    """A log of either form, told apart by its first line. Raises UserError for neither."""
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.count("|") >= 4:
        return queue_log(text, zone)
    if first.count(",") >= CDR_COLUMNS - 1:
        return cdr(text, zone)
    raise UserError(N_("Çağrı kaydı tanınmadı: Asterisk queue_log ya da CDR (Master.csv) bekleniyor."))


def queue_log(text: str, zone: ZoneInfo) -> CallLog:
    """Calls of a queue_log, in the order in which they ended. A call still open at the end of the log is left out."""
    waiting: dict[str, _Open] = {}
    calls: list[CallRow] = []
    errors: list[RowError] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        parts = line.rstrip("\r").split("|")
        try:
            at = datetime.fromtimestamp(float(parts[0]), UTC)
            _, call, queue, agent, event, *data = parts
        except (ValueError, OverflowError, OSError):
            errors.append(RowError(number, "", N_("Satır okunamadı.")))
            continue
        ended = _step(waiting, at, call, queue, agent, event, data)
        if ended is not None:
            calls.append(_row(call, ended[0], ended[1], ended[2], zone))
    return CallLog(tuple(calls), tuple(errors))


def _step(
    waiting: dict[str, _Open], at: datetime, call: str, queue: str, agent: str, event: str, data: list[str]
) -> tuple[_Open, CallOutcome, int] | None:
    """Take one event in; a call that ends with it comes back with its outcome and talk seconds."""
    if event == "ENTERQUEUE":
        waiting[call] = _Open(at, queue)
        return None
    found = waiting.get(call)
    if found is None:
        return None
    if event == "CONNECT":
        found.connected, found.agent = at, agent
        found.waited = _seconds(data, 0, at - found.at)
        return None
    if event in _ENDS or event in _TRANSFERS:
        del waiting[call]
        begun = found.connected or at
        place = 1 if event in _ENDS else len(data) - 2
        return found, CallOutcome.ANSWERED, _seconds(data, place, at - begun)
    if event == "ABANDON" or event in _LEFT:
        del waiting[call]
        found.waited = _seconds(data, 2, at - found.at)
        return found, CallOutcome.ABANDONED if event == "ABANDON" else CallOutcome.MISSED, 0
    return None


def _seconds(data: list[str], place: int, otherwise: timedelta) -> int:
    """The log's own figure where it stands, else the difference of the times."""
    if 0 <= place < len(data) and data[place].strip().isdigit():
        return min(int(data[place]), LONGEST_SECONDS)
    return min(max(int(otherwise.total_seconds()), 0), LONGEST_SECONDS)


def _row(call: str, found: _Open, outcome: CallOutcome, talk: int, zone: ZoneInfo) -> CallRow:
    return CallRow(
        f"q:{call}"[:80], found.at, local_date(found.at, zone), found.queue[:40], found.agent[:60], str(outcome),
        found.waited, talk,
    )  # fmt: skip


def cdr(text: str, zone: ZoneInfo) -> CallLog:
    """Calls of a CDR file. Waiting is what was not talked: duration − billsec."""
    calls: list[CallRow] = []
    errors: list[RowError] = []
    for number, cells in _rows(text):
        if cells and cells[0].strip().lower() == "accountcode":
            continue
        try:
            calls.append(_cdr_row(cells, zone))
        except (ValueError, IndexError):
            errors.append(RowError(number, "", N_("Satır okunamadı.")))
    return CallLog(tuple(calls), tuple(errors))


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text, newline=""))
    for cells in reader:
        if any(cell.strip() for cell in cells):
            yield reader.line_num, cells


def _cdr_row(cells: list[str], zone: ZoneInfo) -> CallRow:
    at = datetime.strptime(cells[9].strip(), "%Y-%m-%d %H:%M:%S").replace(tzinfo=zone).astimezone(UTC)
    duration, talk = int(cells[12]), int(cells[13])
    unique = cells[16].strip()
    if not unique or duration < 0 or talk < 0 or talk > duration:
        raise ValueError("no call")
    answered = cells[14].strip().upper() == "ANSWERED"
    outcome = CallOutcome.ANSWERED if answered else CallOutcome.MISSED
    return CallRow(
        f"c:{unique}"[:80], at, local_date(at, zone), cells[2].strip()[:40], cells[6].strip()[:60], str(outcome),
        min(duration - talk, LONGEST_SECONDS), min(talk, LONGEST_SECONDS) if answered else 0,
    )  # fmt: skip
