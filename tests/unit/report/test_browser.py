"""The page as a reader meets it, in headless Chromium: table, filter, links, both schemes, a telephone, print.

These tests need a browser and its driver, Debian's packages `chromium` and `chromium-driver`. That it can be read with
any aid is judged by axe-core, from npm, if it lies in `node_modules` or where AXE says. `.ci/run` installs them.
"""

import base64
import os
import re
import shutil
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service
from selenium.webdriver.common.by import By
from selenium.webdriver.support.select import Select

from excolor.report.addresses import addresses
from excolor.report.against import changes
from excolor.report.directory import draw, write_history
from excolor.report.run import Run, Shown

BROWSER, DRIVER = shutil.which("chromium"), shutil.which("chromedriver")
AXE = Path(os.environ.get("AXE", "node_modules/axe-core/axe.min.js"))
QUIET = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
)

pytestmark = [
    pytest.mark.skipif(
        not (BROWSER and DRIVER), reason="there is no browser: install Debian's chromium and chromium-driver"
    ),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),  # of the driver's own sockets
]
with_axe = pytest.mark.skipif(
    not AXE.exists(), reason=f"there is no {AXE}: npm install axe-core, or say where it is by AXE=.../axe.min.js"
)


@pytest.fixture(scope="module")
def browser():
    options = ChromeOptions()
    options.binary_location = BROWSER
    for word in QUIET:
        options.add_argument(word)
    browser = Chrome(options=options, service=Service(DRIVER))
    yield browser
    browser.quit()


@pytest.fixture(scope="module")
def run(every_kind, early):
    picture = Shown("light.png", 4, 3, "red", "A picture.", dark="dark.png", file="tests/hypotheses/test_ex_2_9.py")
    return Run.of(every_kind, early, [picture])


@pytest.fixture(scope="module")
def directory(run, hypothesis_of, late, tmp_path_factory):
    from PIL import Image

    directory = tmp_path_factory.mktemp("report")
    for name in ("light", "dark"):
        Image.new("RGB", (4, 3)).save(directory / f"{name}.png")
    earlier = Run.of(hypothesis_of(*[(0.4, 0.6)] * 4), late)
    draw(run, directory, earlier)
    write_history([earlier, run], directory)
    assert changes(earlier, run)
    return directory


@pytest.fixture
def page(browser, directory):
    """Open the page: `page(width, scheme, fragment)`."""

    def page(width=1400, scheme="light", fragment="", name="index.html", script=True):
        size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": False}
        browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)
        preferred = [{"name": "prefers-color-scheme", "value": scheme}]
        browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": preferred})
        browser.execute_cdp_cmd("Emulation.setScriptExecutionDisabled", {"value": not script})
        browser.get("about:blank")
        browser.get((directory / name).as_uri() + fragment)
        return browser

    return page


def rows(browser):
    return [row for row in browser.find_elements(By.CSS_SELECTOR, "tr[data-verdict]") if row.is_displayed()]


def test_the_table_can_be_narrowed_down(page):
    browser = page()
    assert [row.get_attribute("data-verdict") for row in rows(browser)] == ["partially confirmed", "error"]
    Select(browser.find_element(By.NAME, "verdict")).select_by_value("error")
    assert [row.get_attribute("data-verdict") for row in rows(browser)] == ["error"]
    assert browser.find_element(By.ID, "shown").text == "1 of 2"
    Select(browser.find_element(By.NAME, "experiment")).select_by_visible_text("2.9 Delete red")
    assert rows(browser) == []
    assert browser.find_element(By.ID, "shown").text == "None of 2 hypotheses is such a one."
    assert not browser.find_element(By.CSS_SELECTOR, "table.verdicts").is_displayed()
    for name in ("verdict", "experiment"):
        Select(browser.find_element(By.NAME, name)).select_by_value("")
    browser.find_element(By.NAME, "words").send_keys("NUMBER_3 one")
    assert [row.get_attribute("data-experiment") for row in rows(browser)] == ["2.9 Delete red"]


def test_it_can_be_read_without_scripts(page):
    browser = page(script=False)
    assert len(rows(browser)) == 2
    assert not browser.find_element(By.ID, "filter").is_displayed()


def test_a_link_leads_to_what_is_folded(page, run):
    address = addresses(run)["tests/hypotheses/test_ex_2_10.py::TestAll::test_control"]
    browser = page(fragment=f"#{address}")
    place = browser.find_element(By.ID, address)
    assert place.is_displayed()
    top, height = browser.execute_script(
        "const at = arguments[0].getBoundingClientRect(); return [at.top, innerHeight]", place
    )
    assert 0 <= top < height


def test_controls_are_folded(page, run):
    address = addresses(run)["tests/hypotheses/test_ex_2_10.py::TestAll::test_control"]
    assert not page().find_element(By.ID, address).is_displayed()


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(255, 255, 255)"), ("dark", "rgb(22, 24, 29)")])
def test_it_is_light_or_dark_as_the_reader_prefers(page, scheme, paper):
    browser = page(scheme=scheme)
    assert browser.execute_script("return getComputedStyle(document.body).backgroundColor") == paper
    picture = browser.find_element(By.CSS_SELECTOR, ".trained img")
    browser.execute_script("arguments[0].loading = 'eager'", picture)
    assert picture.get_attribute("currentSrc").endswith(f"/{scheme}.png")


@pytest.mark.parametrize("name", ["index.html", "history.html"])
@pytest.mark.parametrize("width", [390, 800, 1400, 2000])
def test_nothing_is_wider_than_the_screen(page, width, name):
    browser = page(width=width, name=name)
    browser.execute_script("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert browser.execute_script("return document.documentElement.scrollWidth") <= width


def test_on_a_telephone_the_letters_of_a_figure_can_be_read(page):
    """It is moved sideways within its place, which the keyboard reaches, since it is a link."""
    browser = page(width=390)
    for figure in browser.find_elements(By.CSS_SELECTOR, "figure.fine"):
        link, image = (figure.find_element(By.TAG_NAME, name) for name in ("a", "img"))
        assert image.rect["width"] >= 0.85 * int(image.get_attribute("width"))
        assert link.rect["width"] <= 390
        assert browser.execute_script("return getComputedStyle(arguments[0]).overflowX", link) == "auto"


def test_every_figure_is_shown(page):
    browser = page()
    assert browser.execute_async_script(
        """
        const [done] = arguments, images = [...document.images];
        for (const image of images) image.loading = "eager";
        Promise.all(images.map((image) => image.decode())).then(() => done(images.length), (why) => done(`${why}`));
        """
    ) == len(browser.find_elements(By.TAG_NAME, "img"))


def test_it_asks_nothing_of_a_network(page):
    browser = page()
    asked = browser.execute_script("return performance.getEntriesByType('resource').map((each) => each.name)")
    assert [name for name in asked if not name.startswith("file:")] == []


def test_it_prints_on_a4(page):
    printed = page().execute_cdp_cmd("Page.printToPDF", {"preferCSSPageSize": True})
    pdf = base64.b64decode(printed["data"])
    sizes = {(round(float(w)), round(float(h))) for w, h in re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)}
    assert sizes == {(595, 842)}


def test_in_print_predictions_are_unfolded_and_the_filter_is_gone(page):
    browser = page()
    browser.execute_script("dispatchEvent(new Event('beforeprint'))")
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": "print"})
    assert not browser.find_element(By.ID, "filter").is_displayed()
    assert all(each.is_displayed() for each in browser.find_elements(By.CSS_SELECTOR, ".beside .statement"))
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"media": ""})


@with_axe
@pytest.mark.parametrize("name", ["index.html", "history.html"])
@pytest.mark.parametrize(("width", "scheme"), [(1400, "light"), (1400, "dark"), (390, "light")])
def test_axe_finds_nothing(page, width, scheme, name):
    browser = page(width=width, scheme=scheme, name=name)
    browser.execute_script("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    browser.execute_script(AXE.read_text(encoding="utf-8"))
    found = browser.execute_async_script(
        "axe.run().then(({ violations }) => arguments[arguments.length - 1](violations))"
    )
    assert [(each["id"], node["html"][:200], node["failureSummary"]) for each in found for node in each["nodes"]] == []
