"""Signing in, and what people do with their own sign-in."""

from tracker.domain.flags import N_
from tracker.domain.trail import Audited

ACTIONS = Audited(
    {
        "sign-in.refused": N_("A sign-in was refused"),
        "sign-in.throttled": N_("Too many tries to sign in"),
        "sign-in.ok": N_("Signed in"),
        "sign-in.again": N_("Confirmed who is there"),
        "sign-in.made": N_("A sign-in was made"),
        "sign-in.disabled": N_("A sign-in was shut"),
        "sign-in.ended": N_("All sessions were ended"),
        "sign-in.password": N_("Changed the password"),
        "second-factor.set": N_("Set up a second factor"),
        "second-factor.recovered": N_("Signed in with a recovery code"),
        "second-factor.codes-made": N_("Made new recovery codes"),
    }
)
