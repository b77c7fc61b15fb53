"""How to sign in to the demonstration."""

from tracker.services.demo import sign_ins


def sign_in_lines() -> list[str]:
    """Return one line for each invented person who can sign in."""
    told = [f"  {login:<10} {password}   {role.lower()}" for login, password, role in sign_ins()]
    return [
        "Demo sign-ins (every case and person is invented):",
        *told,
        "Then a code is asked for: `.venv/bin/tracker demo code NAME` prints it.",
    ]
