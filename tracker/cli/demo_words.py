"""How to sign in to the demonstration."""

from tracker.demo.people import PEOPLE, SIGN_INS
from tracker.services.demo import DEMO_PASSWORD


def sign_in_lines() -> list[str]:
    """Return one line for each invented person who can sign in."""
    roles = {person["id"]: str(person["role"]).lower() for person in PEOPLE}
    return ["Demo sign-ins (every case and person is invented):"] + [
        f"  {login:<10} {DEMO_PASSWORD}   {roles[person]}" for login, person in SIGN_INS
    ]
