"""Who gets in at all: only under our name, only through our proxies, only with a form of ours."""

from dataclasses import replace
from time import process_time
from typing import Any

import pytest
from flask import Flask, request
from werkzeug.test import TestResponse

from tests.office import Office
from tests.web.visitor import TOKEN, Visitor, enrol
from tracker.services import feeds
from tracker.services.context import Context
from tracker.web.access import public
from tracker.web.app import create_app

FOREIGN_HOSTS = [
    "evil.example", "evil.example:8000", "localhost.evil.example", "evil.example#localhost", "localhost@evil.example", "localhost evil",
    "localhost\tx", "localhost:port", "localhost:8000:9", "[::1", "[::2]", "::1", "", " ", ".", "127.0.0.2", "10.0.0.1", "x" * 5000,
    "tracker.example.", "\u0441ourt.example", "localhost/..", "{{4391*7}}", "<svg>",
]  # fmt: skip


def configured(ctx: Context, **web: Any) -> Context:  # noqa: ANN401 - settings
    """Return the context with other settings of the pages."""
    return replace(ctx, settings=ctx.settings.model_copy(update={"web": ctx.settings.web.model_copy(update=web)}))


def what_is_seen(ctx: Context, **headers: str) -> dict[str, str]:
    """Return what the application believes of where a request came from."""
    app = create_app(ctx)

    @public
    def seen() -> dict[str, str]:
        return {"address": request.remote_addr or "", "scheme": request.scheme, "host": request.host, "root": request.script_root}

    app.add_url_rule("/seen", "seen", seen)
    answer = Visitor(app).get("/seen", **headers)
    assert answer.json is not None
    return dict(answer.json)


@pytest.mark.parametrize("host", FOREIGN_HOSTS)
def test_a_foreign_name_gets_nothing(visitor: Visitor, host: str) -> None:
    """Neither a page nor an echo of the name; the answer carries the headers of every answer."""
    answer = visitor.client.get("/login", headers={"Host": host.encode("utf-8").decode("latin-1")})

    assert answer.status_code == 400
    assert "csrf_token" not in answer.text
    assert "evil" not in answer.text
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["X-Frame-Options"] == "DENY"
    assert "Set-Cookie" not in answer.headers


def test_a_request_without_a_host_gets_nothing(app: Flask) -> None:
    """As programs of the last century send it."""
    answer = app.test_client().open("/login", environ_overrides={"HTTP_HOST": ""})

    assert answer.status_code == 400


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8000", "127.0.0.1:8000", "[::1]:8000", "tracker.example", "inside.example:443"])
def test_our_names_are_let_in(sqlite_ctx: Context, host: str) -> None:
    """That of the public address, those that are added, and this machine's own, with any port."""
    app = create_app(configured(sqlite_ctx, public_url="https://tracker.example", hosts=("inside.example",)))

    assert app.test_client().get("/login", headers={"Host": host}).status_code == 200


SPOOFED = {
    "X_Forwarded_For": "203.0.113.7", "X_Forwarded_Proto": "https", "X_Forwarded_Host": "evil.example", "X_Forwarded_Port": "99",
    "X_Forwarded_Prefix": "/evil", "Forwarded": "for=203.0.113.7;proto=https;host=evil.example", "X_Real_Ip": "203.0.113.7",
    "X_Script_Name": "/evil", "X_Original_Url": "/evil", "X_Rewrite_Url": "/evil",
}  # fmt: skip


def test_what_visitors_say_of_themselves_is_not_believed(sqlite_ctx: Context) -> None:
    """Without a proxy of ours every such header is a visitor's own."""
    assert what_is_seen(sqlite_ctx, **SPOOFED) == {"address": "127.0.0.1", "scheme": "http", "host": "localhost", "root": ""}


@pytest.mark.parametrize(
    ("proxies", "said", "address"),
    [
        (1, "198.51.100.9", "198.51.100.9"),
        (1, "203.0.113.7, 198.51.100.9", "198.51.100.9"),
        (2, "203.0.113.7, 198.51.100.9, 10.0.0.2", "198.51.100.9"),
        (2, "198.51.100.9", "127.0.0.1"),
    ],
)
def test_as_many_entries_are_believed_as_there_are_proxies(sqlite_ctx: Context, proxies: int, said: str, address: str) -> None:
    """The last ones were added by us; whatever stands before them, a visitor wrote."""
    seen = what_is_seen(configured(sqlite_ctx, proxies=proxies), X_Forwarded_For=said, X_Forwarded_Proto="https, https")

    assert (seen["address"], seen["scheme"]) == (address, "https")


def test_a_host_is_never_taken_from_a_proxy(sqlite_ctx: Context) -> None:
    """Nor a port or a prefix: nothing of ours is made of them."""
    seen = what_is_seen(configured(sqlite_ctx, proxies=1), **SPOOFED)

    assert (seen["host"], seen["root"]) == ("localhost", "")


def test_addresses_that_we_give_out_begin_with_the_public_one(sqlite_ctx: Context) -> None:
    """Whatever name a visitor came by: a calendar's address, and every redirection stays a path."""
    ctx = configured(sqlite_ctx, public_url="https://tracker.example", hosts=("inside.example",))
    person = Office.open(ctx).person()
    visitor = Visitor(create_app(ctx), base_url="https://inside.example")
    enrol(ctx, "ana")
    visitor.sign_in("ana")
    page = visitor.post("/feed", form_at="/feed").text

    assert feeds.address(ctx, feeds.new_token(ctx, person)).startswith("https://tracker.example/feeds/")
    assert "https://tracker.example/feeds/" in page
    assert "inside.example" not in page
    assert [visitor.get(path).location for path in ("/proceedings", "/never/was")] == ["https://inside.example/proceedings/", None]


def sent(visitor: Visitor, body: bytes | str, content_type: str, **headers: str) -> TestResponse:
    """Send a body to the form that chooses the language."""
    return visitor.client.post("/language", data=body, content_type=content_type, headers=headers)


def token(visitor: Visitor) -> str:
    """Return the token of the visitor's session."""
    found = TOKEN.search(visitor.get("/login").text)
    assert found is not None
    return found[1]


@pytest.mark.parametrize(
    "content_type", ["application/json", "text/plain", "application/xml", "application/x-www-form-urlencoded-not", "x"]
)
def test_a_body_that_is_no_form_is_not_read(visitor: Visitor, content_type: str) -> None:
    """Programs have no door here, and a foreign page cannot send one in disguise."""
    answer = sent(visitor, '{"language": "en"}', content_type)

    assert answer.status_code == 415
    assert "<h1>" in answer.text


@pytest.mark.parametrize(("fields", "status"), [(10, 303), (499, 303), (500, 413), (100_000, 413)])
def test_a_form_has_so_many_fields_and_no_more(visitor: Visitor, fields: int, status: int) -> None:
    """Taking apart a million empty fields is work that nobody asked for."""
    body = f"csrf_token={token(visitor)}&language=en" + "&" * (fields - 1)

    assert sent(visitor, body, "application/x-www-form-urlencoded").status_code == status


@pytest.mark.parametrize(("parts", "status"), [(10, 303), (300, 413)])
def test_a_form_in_parts_has_its_limit_too(visitor: Visitor, parts: int, status: int) -> None:
    """Each part costs a head of its own."""
    fields = [("csrf_token", token(visitor)), ("language", "en"), *[(f"x{number}", "") for number in range(parts)]]
    body = "".join(f'--b\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n' for name, value in fields) + "--b--\r\n"

    assert sent(visitor, body, "multipart/form-data; boundary=b").status_code == status


@pytest.mark.parametrize("body", ["", "--b", "--b\r\n\r\n", "--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--", "\x00" * 100])
def test_broken_parts_are_refused_calmly(visitor: Visitor, body: str) -> None:
    """They are a form without a token, or none."""
    assert sent(visitor, body, "multipart/form-data; boundary=b").status_code in {400, 413}


def test_a_large_body_is_refused_unread(visitor: Visitor) -> None:
    """One megabyte is more than any form of ours."""
    assert sent(visitor, b"x" * (1024 * 1024 + 1), "application/x-www-form-urlencoded").status_code == 413


@pytest.mark.parametrize(
    ("stands_at", "status"), [("cross-site", 400), ("same-site", 400), ("x", 400), ("same-origin", 303), ("none", 303)]
)
def test_a_form_that_stands_elsewhere_is_refused_even_with_a_token(visitor: Visitor, stands_at: str, status: int) -> None:
    """A browser says where a form stands: a second lock beside the token, also against a neighbour under the same domain."""
    body = f"csrf_token={token(visitor)}&language=en"

    assert sent(visitor, body, "application/x-www-form-urlencoded", **{"Sec-Fetch-Site": stands_at}).status_code == status


def test_the_sign_that_no_text_has_gets_no_further(visitor: Visitor) -> None:
    """In a path it leads nowhere, in a search or a form it is refused, on both databases alike."""
    word = token(visitor)

    assert visitor.get("/a/x%00").status_code == 404
    assert visitor.get("/login?next=%00").status_code == 400
    assert sent(visitor, f"csrf_token={word}&language=%00", "application/x-www-form-urlencoded").status_code == 400


def test_a_field_holds_a_page_of_text_and_no_more(visitor: Visitor) -> None:
    """Putting a long run of marks in order takes its square in time, and libraries do so with every password."""
    word, marks = token(visitor), "\u0301\u0316" * 5_001
    begun = process_time()

    for field in ("password", "email"):
        assert visitor.client.post("/login", data={"csrf_token": word, "email": "ana", field: marks}).status_code == 413
    assert process_time() - begun < 1
    assert visitor.client.post("/login", data={"csrf_token": word, "email": "ana", "password": marks[:10_000]}).status_code == 200


def test_links_from_elsewhere_still_open_pages(visitor: Visitor) -> None:
    """The link of a message is followed from another program."""
    assert visitor.get("/login", Sec_Fetch_Site="cross-site").status_code == 200
