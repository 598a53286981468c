"""The raw rows of some days, counted by plain SQL alone: what the sheets and the annual report must say.

Nothing here uses the program's own measures, summaries or read functions.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import Any

from sqlalchemy import Engine, text

OPEN_STATES = "('new', 'referred', 'in_progress', 'waiting', 'reopened', 'closed', 'voided')"
VISITS = "visit v {} WHERE v.day DAYS AND v.voided_at IS NULL"
SERVED_AT = "ticket t JOIN service s ON s.id = t.service_id WHERE t.day DAYS AND"
ASKED_FOR = (
    "ticket t JOIN visit v ON v.id = t.visit_id "
    "JOIN service s ON s.id = coalesce(t.further_service_id, v.service_id) WHERE t.day DAYS"
)
RECORDS = "application a {} WHERE a.day DAYS AND a.state <> 'voided'"
PAPERS = RECORDS + " AND a.document_kind <> 'none'"


def _visits(key: str, join: str = "", value: str = "count(*)", more: str = "") -> str:
    return f"SELECT {key}, v.day, {value} FROM {VISITS.format(join)} {more} GROUP BY 1, 2"


def _tickets(where: str) -> str:
    return f"SELECT s.code, t.day, count(*) FROM {SERVED_AT} {where} GROUP BY 1, 2"


def _of(table: str, key: str, value: str = "count(*)") -> str:
    return f"SELECT {key}, a.day, {value} FROM {table} GROUP BY 1, 2"


_UNIT = "LEFT JOIN unit k ON k.id = a.unit_id"
_THERE = "LEFT JOIN neighbourhood k ON k.id = a.neighbourhood_id"
_FORM = "survey a JOIN survey_form f ON f.id = a.form_id WHERE a.day DAYS"

COUNTS: dict[str, str] = {
    "visits": _visits("coalesce(s.code, '')", "LEFT JOIN service s ON s.id = v.service_id"),
    "persons": _visits("''", value="sum(v.persons)"),
    "directions": _visits("''", more="AND v.service_id IS NULL"),
    "visits_by_unit": _visits("k.code", "JOIN unit k ON k.id = v.unit_id"),
    "visits_by_subject": _visits("k.code", "JOIN subject k ON k.id = v.subject_id"),
    "tickets_issued": f"SELECT s.code, t.day, count(*) FROM {ASKED_FOR} GROUP BY 1, 2",
    "tickets_served": _tickets("t.state = 'served'"),
    "tickets_outcome": _of("ticket a WHERE a.day DAYS AND a.state = 'served'", "a.outcome"),
    "no_shows": _tickets("t.state = 'no_show'"),
    "expired": _tickets("t.state = 'expired'"),
    "left": _tickets("t.state = 'cancelled' AND t.outcome = 'left'"),
    "tickets_cancelled": _tickets("t.state = 'cancelled' AND t.outcome <> 'left'"),
    "priority": "SELECT '', t.day, count(*) FROM ticket t JOIN visit v ON v.id = t.visit_id WHERE t.day DAYS "
    "AND t.priority AND v.voided_at IS NULL AND t.further_service_id IS NULL GROUP BY 1, 2",
    "manual_entered": "SELECT s.code, a.day, count(*) FROM reserved_block a JOIN reserved_number n "
    "ON n.block_id = a.id JOIN service s ON s.id = a.service_id WHERE a.day DAYS AND n.state = 'entered' GROUP BY 1, 2",
    "limits_passed": _of("number_override a WHERE a.day DAYS", "a.kind"),
    "assistance": _of("assistance a WHERE a.day DAYS AND a.state <> 'cancelled'", "a.kind"),
    "assistance_ended": _of("assistance a WHERE a.day DAYS AND a.state = 'ended'", "a.kind"),
    "equipment_used": _of("assistance a JOIN equipment_use u ON u.assistance_id = a.id WHERE a.day DAYS", "a.kind"),
    "petitions": _of(PAPERS.format(""), "a.document_kind"),
    "petitions_incomplete": _of(PAPERS.format("") + " AND CAST(a.missing AS TEXT) <> '[]'", "''"),
    "petitions_by_unit": _of(PAPERS.format(_UNIT), "coalesce(k.code, '')"),
    "petitions_by_channel": _of(PAPERS.format(""), "a.channel"),
    "petitions_by_neighbourhood": _of(PAPERS.format(_THERE), "coalesce(k.code, '')"),
    "enclosures": _of(PAPERS.format("JOIN enclosure e ON e.application_id = a.id"), "''"),
    "applications": _of(RECORDS.format(""), "a.kind"),
    "applications_by_channel": _of(RECORDS.format(""), "a.channel"),
    "applications_by_unit": _of(RECORDS.format("JOIN unit k ON k.id = a.unit_id"), "k.code"),  # talep: sent to a unit
    "applications_by_neighbourhood": _of(RECORDS.format(_THERE), "coalesce(k.code, '')"),
    "applications_by_subject": _of(RECORDS.format(""), "a.subject_code"),
    "applications_outcome": _of(
        f"application a WHERE a.day DAYS AND (a.outcome IS NOT NULL OR a.state NOT IN {OPEN_STATES})",
        "coalesce(a.outcome, a.state)",
    ),
    "applications_outcome_by_channel": _of(
        f"application a WHERE a.day DAYS AND (a.outcome IS NOT NULL OR a.state NOT IN {OPEN_STATES})",
        "a.channel || ':' || coalesce(a.outcome, a.state)",
    ),
    "applications_outcome_by_unit": _of(
        f"application a {_UNIT} WHERE a.day DAYS AND (a.outcome IS NOT NULL OR a.state NOT IN {OPEN_STATES})",
        "coalesce(k.code, '') || ':' || coalesce(a.outcome, a.state)",
    ),
    "applications_feedback": _of("application a WHERE a.day DAYS AND a.satisfied IS NOT NULL", "a.satisfied"),
    "calls": _of("call a WHERE a.day DAYS", "a.outcome"),
    "contacts": "SELECT '', d.day, count(*) FROM (SELECT v.day FROM visit v WHERE v.day DAYS AND v.voided_at IS NULL "
    "UNION ALL SELECT a.day FROM application a WHERE a.day DAYS AND a.state <> 'voided') d GROUP BY 1, 2",
    "surveys": _of(_FORM, "f.code"),
    "surveys_by_place": _of("survey a WHERE a.day DAYS", "a.place"),
    "surveys_alarming": _of(_FORM + " AND a.alarming", "f.code"),
    "guide": _of("guide_use a JOIN guide_entry g ON g.id = a.entry_id WHERE a.day DAYS", "g.code"),
    "incidents": _of("incident a WHERE a.day DAYS", "a.kind"),
}
"""For each measure: key, day, value."""

_SPANS = {
    "wait": "SELECT s.code, t.issued_at, t.first_called_at FROM ticket t JOIN visit v ON v.id = t.visit_id "
    "JOIN service s ON s.id = v.service_id WHERE t.day DAYS AND t.first_called_at IS NOT NULL",
    "assistance_wait": "SELECT kind, requested_at, started_at FROM assistance WHERE day DAYS "
    "AND started_at IS NOT NULL",
    "assistance_job": "SELECT kind, requested_at, ended_at FROM assistance WHERE day DAYS AND state = 'ended'",
}
_CALLS = {
    "call_wait": "SELECT line, waiting_seconds FROM call WHERE day DAYS",
    "call_talk": "SELECT line, talk_seconds FROM call WHERE day DAYS AND outcome = 'answered'",
}
_SERVED = (
    "SELECT s.code, t.id, p.started_at, p.ended_at FROM ticket t JOIN service s ON s.id = t.service_id "
    "JOIN ticket_period p ON p.ticket_id = t.id WHERE t.day DAYS AND t.state = 'served' AND p.kind = 'serving'"
)


class RawCounts:
    """Questions to the raw rows of the days from ``first`` to ``last`` (ISO)."""

    def __init__(self, engine: Engine, first: str, last: str) -> None:
        self._engine = engine
        self._days = f"BETWEEN '{first}' AND '{last}'"

    def rows(self, sql: str) -> list[Any]:
        with self._engine.connect() as connection:
            return list(connection.execute(text(sql.replace("DAYS", self._days))))

    def by(self, measure: str) -> dict[str, int]:
        """What a measure counts under each key."""
        found: Counter[str] = Counter()
        for key, _day, value in self.rows(COUNTS[measure]):
            found[str(key)] += int(value)
        return dict(found)

    def total(self, measure: str) -> int:
        return sum(self.by(measure).values())

    def by_month(self, measure: str) -> dict[str, dict[int, int]]:
        found: dict[str, Counter[int]] = defaultdict(Counter)
        for key, day, value in self.rows(COUNTS[measure]):
            found[str(key)][int(str(day)[5:7])] += int(value)
        return {key: dict(months) for key, months in found.items()}

    def seconds(self, duration: str) -> dict[str, list[float]]:
        """Every single duration, by key."""
        found: dict[str, list[float]] = defaultdict(list)
        if duration in _CALLS:
            for key, value in self.rows(_CALLS[duration]):
                found[key].append(float(value))
        elif duration == "serve":
            whole: Counter[tuple[str, Any]] = Counter()
            for key, ticket, begun, ended in self.rows(_SERVED):
                whole[key, ticket] += _between(begun, ended)  # type: ignore[assignment]
            for (key, _ticket), value in whole.items():
                found[key].append(value)
        else:
            for key, begun, ended in self.rows(_SPANS[duration]):
                found[key].append(_between(begun, ended))
        return found

    def forecast_errors(self) -> list[float]:
        """Seconds between what was promised and the wait that a call ended, without their sign."""
        sql = (
            "SELECT f.median, t.issued_at, t.first_called_at FROM forecast_log f JOIN ticket t ON t.id = f.ticket_id "
            "WHERE f.day DAYS AND t.first_called_at IS NOT NULL"
        )
        return [abs(promised * 60 - _between(issued, called)) for promised, issued, called in self.rows(sql)]

    def answers(self) -> dict[tuple[str, int, str], Counter[str]]:
        """Form, version, question: how often each answer was given."""
        found: dict[tuple[str, int, str], Counter[str]] = defaultdict(Counter)
        sql = (
            "SELECT f.code, f.version, r.question, r.value, r.choice FROM survey a "
            "JOIN survey_form f ON f.id = a.form_id JOIN survey_answer r ON r.survey_id = a.id WHERE a.day DAYS"
        )
        for code, version, question, value, choice in self.rows(sql):
            given = choice if value is None else str(value)
            if given:
                found[code, version, question][given] += 1
        return found


def _between(begun: Any, ended: Any) -> float:
    """Seconds; SQLite keeps microseconds."""
    return (ended - begun) / 1_000_000 if isinstance(begun, int) else float((ended - begun).total_seconds())


def quantile_bounds(values: list[float], share: float) -> tuple[float, float]:
    """Between what the duration that ``share`` of all stay below must lie, read from buckets."""
    ordered = sorted(values)
    place = min(max(int(share * len(ordered)), 0), len(ordered) - 1)
    low, high = ordered[max(place - 1, 0)], ordered[min(place + 1, len(ordered) - 1)]
    return low - _width(low), high + _width(high)


def _width(seconds: float) -> float:
    return 15 if seconds < 600 else 30 if seconds < 1800 else 60 if seconds < 7200 else 300


def mean(values: list[float]) -> float | None:
    """Whole seconds are summed, as the summaries do."""
    return sum(map(int, values)) / len(values) if values else None
