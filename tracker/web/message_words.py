"""Messages in words: why they were written, and where they are."""

from flask_babel import gettext as _

from tracker.domain.messages import AlertKind, MessageState


def kind_words(kind: AlertKind) -> str:
    """Return why a message was written."""
    words: dict[AlertKind, str] = {
        AlertKind.HEARING_AHEAD: _("Hearing ahead"),
        AlertKind.HEARING_MOVED: _("Hearing moved"),
        AlertKind.HEARING_CANCELLED: _("Hearing cancelled"),
        AlertKind.FLAG_RAISED: _("Something needs you"),
        AlertKind.DIGEST: _("Summary of the day"),
        AlertKind.ASSIGNED: _("You were put on a case"),
        AlertKind.ESCALATION: _("Nobody answered yet"),
        AlertKind.SOURCE_STALE: _("A court's calendar is old"),
        AlertKind.ACCESS_OPENED: _("A case was opened without being assigned"),
    }
    return words[kind]


def state_words(state: MessageState) -> str:
    """Return where a message is on its way."""
    words: dict[MessageState, str] = {
        MessageState.QUEUED: _("waiting"),
        MessageState.SENDING: _("being sent"),
        MessageState.SENT: _("sent"),
        MessageState.DELIVERED: _("delivered"),
        MessageState.UNDELIVERED: _("not delivered"),
        MessageState.FAILED: _("could not be sent"),
        MessageState.UNKNOWN: _("not known yet whether it was sent"),
        MessageState.CANCELLED: _("withdrawn"),
        MessageState.EXPIRED: _("no longer needed"),
    }
    return words[state]


def state_tone(state: MessageState) -> str:
    """Return the tone in which a state is shown: good, bad or open; the words carry the meaning."""
    if state in (MessageState.SENT, MessageState.DELIVERED):
        return "good"
    return "bad" if state in (MessageState.FAILED, MessageState.UNDELIVERED, MessageState.UNKNOWN) else "open"
