"""The retention rules, run: report what is due to go, and where the settings say so, let it go."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from tracker.domain.access import Permission, may
from tracker.domain.errors import ForbiddenError
from tracker.domain.facts import ProceedingFacts
from tracker.domain.retention import RetentionRule, contact_goes_on, latest_due, life, reduced_on
from tracker.services import audit
from tracker.services.context import Context
from tracker.services.erasing import blank_messages, erase_entries
from tracker.services.opening_reasons import forget_until
from tracker.services.reducing import reduce_case, shuffle
from tracker.storage.queries import consents, erasing, facts, retention

BATCH = 200
NEWEST = 14


@dataclass(frozen=True, slots=True)
class Report:
    """What one look at the record found due (``acted``: and did), counted by rule."""

    made_on: date
    made_at: datetime
    acted: bool
    counts: Mapping[str, int]


def retain(ctx: Context, *, act: bool | None = None) -> dict[str, int]:
    """Do what the retention rules ask, or only count it where ``act`` is false (by default: where the settings do not enable it).

    Each subject goes in a transaction of its own; what was broken off is done by the next run. The report is kept.

    Returns:
        How much was due by each rule, how many cases are on hold or without a clear end, and whether it was done (``acted``).
    """
    acts = ctx.settings.retention.enabled if act is None else act
    counts = Counter({rule.value: 0 for rule in RetentionRule})
    counts[RetentionRule.WITHDRAWN] = _withdrawn(ctx, act=acts)
    counts.update(_cases(ctx, act=acts))
    counts.update(_aged(ctx, act=acts))
    with ctx.database.reading() as db:
        counts["held"] = retention.held(db)
        counts["unclear"] = retention.unclear(db, latest_due(ctx.pack.retention.remedies_days, ctx.office_today()))
    found = dict(counts)
    with ctx.database.writing() as db:
        if acts and any(found.values()):
            audit.note(db, ctx, "retention.acted", details=found)
        retention.keep_report(db, {"made_on": ctx.office_today(), "acted": acts, "made_at": ctx.now(), "counts": found})
    if acts and any(counts[rule] for rule in RetentionRule):
        ctx.database.wipe()
    return {**found, "acted": int(acts)}


def reports(ctx: Context) -> list[Report]:
    """Return the newest reports.

    Raises:
        ForbiddenError: who acts does not keep consents.
    """
    if not ctx.actor.is_system and not may(ctx.actor.role, Permission.KEEP_CONSENT):
        raise ForbiddenError("there is nothing here for you")
    with ctx.database.reading() as db:
        return [_report(row) for row in retention.reports(db, NEWEST)]


def _report(row: Mapping[str, Any]) -> Report:
    return Report(row["made_on"], row["made_at"], row["acted"], row["counts"])


def _withdrawn(ctx: Context, *, act: bool) -> int:
    last = latest_due(ctx.pack.retention.withdrawn_days, ctx.office_today())
    with ctx.database.reading() as db:
        due = [entry for entry in consents.withdrawn_until(db, last) if not entry.is_held]
    for entry in due if act else ():
        with ctx.database.writing() as db:
            again = [each for each in consents.of_same_person(db, entry.external_id) if each.id == entry.id]
            if again and again[0].consent.withdrawn_on is not None and not again[0].is_held:
                erase_entries(db, ctx, again)
    return len(due)


def _cases(ctx: Context, *, act: bool) -> Counter[str]:
    rules, today = ctx.pack.retention, ctx.office_today()
    counts: Counter[str] = Counter()
    for key, case in _over(ctx):
        whole, contact = reduced_on(life(case), rules), contact_goes_on(life(case), rules)
        if whole is not None and whole <= today:
            counts[RetentionRule.REDUCED] += _reduced(ctx, key, case, act=act)
        elif contact is not None and contact <= today:
            counts[RetentionRule.CONTACT] += _without_contact(ctx, key, act=act)
    if act and counts[RetentionRule.REDUCED]:
        shuffle(ctx)
    return counts


def _over(ctx: Context) -> Iterator[tuple[int, ProceedingFacts]]:
    with ctx.database.reading() as db:
        keys = retention.cases_over(db, latest_due(ctx.pack.retention.remedies_days, ctx.office_today()))
    for start in range(0, len(keys), BATCH):
        with ctx.database.reading() as db:
            loaded = facts.load_keyed(db, keys[start : start + BATCH], ctx.keys)
        yield from loaded


def _reduced(ctx: Context, key: int, case: ProceedingFacts, *, act: bool) -> bool:
    """Reduce a case, unless something of it changed since it was looked at: then the next run looks again."""
    if not act:
        return True
    with ctx.database.writing() as db:
        erasing.lock_cases(db, [key])
        again = facts.load(db, [key], ctx.keys)
        return again == [case] and reduce_case(db, ctx, key, case)


def _without_contact(ctx: Context, key: int, *, act: bool) -> bool:
    with ctx.database.reading() as db:
        is_due = retention.has_contact(db, key)
    if act and is_due:
        with ctx.database.writing() as db:
            retention.delete_contact(db, key)
    return is_due


def _aged(ctx: Context, *, act: bool) -> Counter[str]:
    """Let go what goes by its age alone, in one transaction."""
    rules, now = ctx.pack.retention, ctx.now()
    ages = {
        RetentionRule.MESSAGE_ROWS: retention.message_rows(now - timedelta(rules.message_rows_days)),
        RetentionRule.WATCHED: retention.watched(now - timedelta(rules.watched_days)),
        RetentionRule.CAPTURES: retention.captures(now - timedelta(rules.capture_days)),
        RetentionRule.FEED_TOKENS: retention.feed_tokens(now - timedelta(rules.feed_token_days)),
        RetentionRule.SIGN_INS: retention.sign_ins(now - timedelta(rules.left_days)),
        RetentionRule.LINKS: retention.links(now - timedelta(rules.link_days)),
        RetentionRule.REPORTS: retention.old_reports(latest_due(rules.report_days, ctx.office_today())),
    }
    with ctx.database.writing() as db:
        counts = Counter({rule.value: retention.aged(db, statement, act=act) for rule, statement in ages.items()})
        old = erasing.messages(db, *retention.messages_until(now - timedelta(rules.message_days)))
        counts.update(forget_until(db, ctx, now - timedelta(rules.opening_days), act=act))
        counts[RetentionRule.MESSAGES] = blank_messages(db, ctx, old) if act else len(old)
        if act:
            retention.aged(db, retention.empty_numbers(), act=True)
    return counts
