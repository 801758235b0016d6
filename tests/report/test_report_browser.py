"""Pages in a browser: desktop and phone, light and dark, on paper; no error, no scrolling sideways, no barrier."""

import json
import zlib

import pytest

from grader.report.page import compose
from tests.report.browser import Browser, axe, executable
from tests.report.documents import CARD, check, document, task
from tests.report.test_report_page import COURSE, FINDER, FIVE

pytestmark = pytest.mark.skipif(executable() is None, reason="no Chromium is installed, so no page is opened")

SIZES = {"desktop": 1280, "phone": 360}
WIDE = {
    **CARD,
    "card": {**CARD["card"], "shape": [24, 32], "expected_shape": [24, 32], "map": ["123456789x.12345" * 2] * 24},
}
LARGE = document(
    "a_name_without_any_place_to_break_a_line_" * 5,
    task("x" * 90, check("y" * 120, "fail", 1, "z" * 500, evidence=WIDE)),
    messages=("w" * 500,),
)
PAGES = FIVE | {"large": LARGE}
COMBINATIONS = [(name, size, dark) for name in PAGES for size in SIZES for dark in (False, True)]


@pytest.fixture(scope="module")
def browser():
    with Browser() as running:
        yield running


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    made = tmp_path_factory.mktemp("pages")
    for name, shown in PAGES.items():
        (made / f"{name}.html").write_bytes(compose(shown, COURSE, FINDER))
    return made


@pytest.mark.parametrize(("name", "size", "dark"), COMBINATIONS)
def test_a_page_opens_without_a_word_and_does_not_scroll_sideways(browser, folder, name, size, dark):
    browser.open(folder / f"{name}.html", SIZES[size], dark=dark)
    assert browser.run("document.documentElement.scrollWidth") <= SIZES[size]
    assert browser.run("document.querySelectorAll('script, img, iframe, link, object, form').length") == 0
    assert browser.messages == []


@pytest.mark.parametrize(("name", "size", "dark"), COMBINATIONS)
def test_axe_finds_no_serious_barrier(browser, folder, name, size, dark):
    script = axe()
    if script is None:
        pytest.skip("axe-core is not there; `npm install axe-core` here, or name its file in GRADER_AXE")
    browser.open(folder / f"{name}.html", SIZES[size], dark=dark)
    assert [found for found in barriers(browser, script) if found[1] in ("serious", "critical", "moderate")] == []


def barriers(browser, script):
    browser.run(f"{script.read_text('utf-8')};1")
    found = browser.run(
        "axe.run(document).then(done => JSON.stringify(done.violations.map("
        "one => [one.id, one.impact, one.nodes.map(node => node.html.slice(0, 120))])))"
    )
    return json.loads(found)


def test_axe_and_the_console_see_what_is_wrong(browser, tmp_path):
    """The two means by which the others pass do object to a bad page."""
    page = tmp_path / "bad.html"
    page.write_text(
        "<html><meta charset=utf-8><style>p { color: #aaa; width: 2000px }</style><img src=missing.png>"
        "<p>pale</p><script>console.error('oh')</script>"
    )
    browser.open(page, 360)
    assert browser.run("document.documentElement.scrollWidth") > 360
    assert any("oh" in message for message in browser.messages)
    if axe():
        assert {"color-contrast", "image-alt", "html-has-lang"} <= {name for name, *_ in barriers(browser, axe())}


def test_the_policy_stops_what_an_escape_would_let_in(browser, folder, tmp_path):
    content = (folder / "evil.html").read_text("utf-8")
    spoilt = content.replace("&lt;script&gt;alert(1)&lt;/script&gt;", "<script>document.title = 'owned'</script>")
    assert spoilt != content
    page = tmp_path / "spoilt.html"
    page.write_text(spoilt, "utf-8")
    browser.open(page)
    assert browser.run("document.title") != "owned"
    assert any("Content Security Policy" in message for message in browser.messages)


@pytest.mark.parametrize("dark", [False, True])
def test_dark_and_light_differ(browser, folder, dark):
    browser.open(folder / "emil.html", dark=dark)
    red, *_ = browser.run("getComputedStyle(document.body).backgroundColor.match(/[0-9]+/g).map(Number)")
    assert (red < 60) is dark


def test_the_keyboard_reaches_the_first_thing_to_fix_at_once(browser, folder):
    browser.open(folder / "emil.html")
    browser.send("Input.dispatchKeyEvent", type="keyDown", key="Tab", code="Tab", windowsVirtualKeyCode=9)
    assert browser.run("document.activeElement.className") == "skip"
    assert browser.run("document.activeElement.getBoundingClientRect().left >= 0")
    assert browser.run("document.querySelector(document.activeElement.getAttribute('href')).tagName") == "SECTION"


def test_on_paper_everything_is_shown(browser, folder):
    browser.open(folder / "alice.html", media="print")
    height = "document.querySelector('details:not([open]) table').getBoundingClientRect().height"
    assert browser.run(height) > 0
    assert zlib.crc32(browser.send("Page.printToPDF")["data"].encode())
