"""Settings are complete, documented and unforgiving."""

import tomllib
from pathlib import Path

import pytest
from pydantic import BaseModel, SecretStr

from tracker.domain.errors import NotConfiguredError
from tracker.resources import folder
from tracker.settings import Settings, load_settings


def flat(value: object, prefix: str = "") -> dict[str, object]:
    """Return every setting under its dotted name; secrets in clear."""
    if isinstance(value, BaseModel):
        value = {name: getattr(value, name) for name in type(value).model_fields}
    if isinstance(value, dict):
        return {key: leaf for name, part in value.items() for key, leaf in flat(part, f"{prefix}.{name}" if prefix else str(name)).items()}
    if isinstance(value, tuple):
        value = list(value)
    return {prefix: value.get_secret_value() if isinstance(value, SecretStr) else value}


def test_the_example_documents_every_setting_with_its_default() -> None:
    """config.example.toml and the settings class hold the same names and the same values."""
    example = flat(tomllib.loads(folder("config.example.toml").read_text(encoding="utf-8")))
    example.pop("keys.ring.1")

    assert example == flat(Settings())


def test_every_setting_of_the_example_is_explained() -> None:
    """Above each section's settings stands a sentence for people."""
    sections = folder("config.example.toml").read_text(encoding="utf-8").split("\n[")[1:]

    assert all("# " in section or section.startswith("keys.ring") for section in sections)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[web]\nprot = 1", "web.prot: unknown setting"),
        ("[webb]\nport = 1", "webb: unknown setting"),
        ('[keys.ring]\n"c2VjcmV0IHNlY3JldCBzZWNyZXQgc2VjcmV0IHNlYzE=" = "1"', "keys.ring.c2..."),
        ('[web]\n"canary canary canary canary" = "secret_key"', "web.ca...: unknown setting"),
        ("[web]\nport = 70000", "web.port: Input should be less than or equal to 65535"),
        ('[alerts]\nchannel = "pigeon"', "alerts.channel: Input should be 'console' or 'twilio'"),
        ("[web\nport = 1", "is not valid TOML"),
        ('[keys]\ncurrent = "CANARY"', "keys.current"),
        ('[web]\nparts = ["office", "CANARY"]', "web.parts.1: Input should be 'office', 'admin' or 'links'"),
        ("[web]\nparts = []", "web.parts"),
        ("[web]\nproxies = -1", "web.proxies"),
        ('[web]\nhosts = ["CANARY.example"]', "web.hosts.0: expected a host in small letters"),
        ('[web]\nexit_url = "http://CANARY.example/"', "web.exit_url: expected an address that begins with https://"),
    ],
)
def test_a_wrong_setting_is_named_and_its_value_not_repeated(tmp_path: Path, text: str, told: str) -> None:
    """Each mistake is told with the file and the setting, in one line, without what was typed."""
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")

    with pytest.raises(NotConfiguredError) as refused:
        load_settings(path)

    assert told in str(refused.value)
    assert "CANARY" not in str(refused.value)
    assert "\n" not in str(refused.value)


def test_bytes_that_are_no_text_are_told(tmp_path: Path) -> None:
    """A file in another encoding is not a traceback."""
    path = tmp_path / "config.toml"
    path.write_bytes(b"\xff\xfe\x00")

    with pytest.raises(NotConfiguredError, match="not UTF-8"):
        load_settings(path)


def test_a_folder_instead_of_a_file_is_told(tmp_path: Path) -> None:
    """What cannot be read is named."""
    with pytest.raises(NotConfiguredError, match="cannot be read"):
        load_settings(tmp_path)


def test_without_a_file_the_defaults_hold_and_keys_are_asked_for(tmp_path: Path) -> None:
    """No configuration is no error until something needs a key."""
    settings = load_settings(tmp_path / "config.toml")

    assert settings.web.port == 8000
    with pytest.raises(NotConfiguredError, match="tracker init"):
        settings.key_ring()


def test_a_relative_database_lies_beside_its_configuration(tmp_path: Path) -> None:
    """The same configuration means the same database from whichever folder it is used."""
    path = tmp_path / "config.toml"
    path.write_text('[database]\nurl = "sqlite:///cases/record.sqlite3"', encoding="utf-8")

    assert load_settings(path).database.url == f"sqlite:///{tmp_path}/cases/record.sqlite3"


@pytest.mark.parametrize("url", ["sqlite:////var/lib/record.sqlite3", "postgresql://somebody@host/name"])
def test_other_addresses_stay_as_they_are(tmp_path: Path, url: str) -> None:
    """Absolute paths and servers are not touched."""
    path = tmp_path / "config.toml"
    path.write_text(f'[database]\nurl = "{url}"', encoding="utf-8")

    assert load_settings(path).database.url == url


@pytest.mark.parametrize(
    "address",
    [
        "http://weather.example/", "//weather.example/", "/weather", "javascript:alert(1)", "https://", "https://somebody@weather.example/",
        "https://weather.example/;script-src *", "https://weather.example/\r\nX-Made-Up: 1", "https://weather.example/#x", "HTTPS://weather.example/",
        "https://weather.example 'unsafe-inline'", "https://weather.example/\n", "",
    ],
)  # fmt: skip
def test_the_way_out_leads_over_https_and_breaks_no_header(address: str) -> None:
    """It stands in the policy of every answer and in a redirection: nothing in it may be read as more than an address."""
    with pytest.raises(ValueError, match="exit_url"):
        Settings.model_validate({"web": {"exit_url": address}})


def test_only_loopback_is_this_machine_alone() -> None:
    """Every other address can be reached from elsewhere."""
    here = ("127.0.0.1", "127.8.9.1", "::1", "localhost")
    elsewhere = ("0.0.0.0", "::", "10.1.2.3", "tracker.example", "localhost.example")  # noqa: S104 - what must not pass

    assert [host for host in (*here, *elsewhere) if Settings.model_validate({"web": {"host": host}}).web.is_local] == list(here)


def test_the_pages_are_asked_for_by_name() -> None:
    """That of the public address, those that are added, and this machine's own."""
    web = Settings.model_validate({"web": {"public_url": "https://Tracker.example:8443/x", "hosts": ["inside.example"]}}).web

    assert web.names == ("tracker.example", "inside.example", "localhost", "127.0.0.1", "::1")


def test_settings_print_no_secret() -> None:
    """Their printed form shows dots."""
    assert "CANARY" not in repr(Settings.model_validate({"twilio": {"auth_token": "CANARY"}}))


KEYS = f'index = "{"A" * 43}="\n[{{}}]\n1 = "{"A" * 43}="\n'


@pytest.mark.parametrize(
    "text",
    [
        "[keys]\n" + KEYS.format("keys.ring"), '[web]\nsecret_key = "x"', '[web]\npassword_salt = "x"', '[twilio]\nauth_token = "x"',
        '[database]\nurl = "postgresql://tracker:x@host/name"',
    ],
)  # fmt: skip
def test_secrets_that_others_can_read_refuse_to_start(tmp_path: Path, text: str) -> None:
    """Each kind of secret; the mode and the remedy are told. Private, the same file is fine."""
    path = tmp_path / "config.toml"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o640)
    with pytest.raises(NotConfiguredError, match=r"mode 0640\): chmod 600"):
        load_settings(path)

    path.chmod(0o600)
    load_settings(path)


def test_a_file_without_secrets_may_be_read_by_all(tmp_path: Path) -> None:
    """What everybody may know is nobody's business."""
    path = tmp_path / "config.toml"
    path.write_text('[database]\nurl = "postgresql://tracker@host/name"', encoding="utf-8")
    path.chmod(0o644)

    assert load_settings(path).database.url == "postgresql://tracker@host/name"


def test_keys_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    """Beside the configuration, or wherever a credential is handed over; then that file must be private, and nothing else."""
    path, apart = tmp_path / "config.toml", tmp_path / "keys.toml"
    path.write_text('[keys]\nfile = "keys.toml"\n', encoding="utf-8")
    apart.write_text(KEYS.format("ring"), encoding="utf-8")
    apart.chmod(0o644)
    with pytest.raises(NotConfiguredError, match=r"keys\.toml: holds keys.*chmod 600"):
        load_settings(path)

    apart.chmod(0o600)
    assert load_settings(path).key_ring().ids == (1,)
    path.write_text(f'[keys]\nfile = "{apart}"\n', encoding="utf-8")
    assert load_settings(path).key_ring().ids == (1,)


@pytest.mark.parametrize(
    ("config", "keys", "told"),
    [
        ("", None, r"keys\.toml: is not there, and keys\.file of .* says"),
        ("", "ring = 1", r"keys\.toml: keys\.ring: "),
        ("", "x = 1", r"keys\.toml: keys\.x: unknown setting"),
        ("", 'file = "x"', r"keys\.toml: file: unknown setting"),
        ("", "[ring", r"keys\.toml: is not valid TOML"),
        (f'index = "{"A" * 43}="', "", r"config\.toml: keys\.file: the keys stand in that file or here, not in both"),
    ],
)
def test_a_wrong_file_of_keys_is_told(tmp_path: Path, config: str, keys: str | None, told: str) -> None:
    """Which file, which setting, and never a value."""
    for name, text in (("config.toml", f'[keys]\nfile = "keys.toml"\n{config}'), ("keys.toml", keys)):
        if text is not None:
            (tmp_path / name).touch(0o600)
            (tmp_path / name).write_text(text, encoding="utf-8")

    with pytest.raises(NotConfiguredError, match=told):
        load_settings(tmp_path / "config.toml")
