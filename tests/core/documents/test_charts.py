from __future__ import annotations

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from shelterdesk.documents import charts
from shelterdesk.documents.charts import Bar, Capacity, Hidden, Palette, Series, Size

Mask = list[list[bool]]


def picture(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGBA")


def blue(png: bytes) -> Mask:
    """Where the main colour #0072B2 is."""
    image = picture(png)
    red, green, blue, alpha = image.split()
    far = [
        band.point(lambda value, wanted=wanted: abs(value - wanted))
        for band, wanted in zip((red, green, blue), (0x00, 0x72, 0xB2), strict=True)
    ]
    farthest = ImageChops.lighter(ImageChops.lighter(far[0], far[1]), far[2])
    near, seen = farthest.tobytes(), alpha.tobytes()
    dots = [distance < 30 and shown > 200 for distance, shown in zip(near, seen, strict=True)]
    return [dots[row * image.width : (row + 1) * image.width] for row in range(image.height)]


def any_in(mask: Mask) -> bool:
    return any(any(row) for row in mask)


def longest_run(mask: Mask) -> int:
    return max(sum(row) for row in mask)


def test_size_follows_the_scale_and_the_ground_is_transparent() -> None:
    png = charts.bar_chart([Bar("Social", 41, 44)], size=Size(300, 120, 1.5))
    image = picture(png)
    assert image.size == (450, 180)
    assert image.getpixel((0, 0))[3] == 0  # pyright: ignore[reportOptionalSubscript, reportIndexIssue]


def test_bars_are_as_long_as_their_numbers() -> None:
    half = charts.bar_chart([Bar("Aaaa", 100), Bar("Bbbb", 50)])
    mask = blue(half)
    lengths = sorted({sum(row) for row in mask if sum(row) > 20})
    assert lengths[-1] == pytest.approx(2 * lengths[0], rel=0.05)


def test_a_hidden_number_cannot_be_read_from_the_picture() -> None:
    def with_hidden(before: int) -> bytes:
        return charts.bar_chart([Bar("Social", 41, 44), Bar("Legal", Hidden("<5"), before)])

    assert with_hidden(1) == with_hidden(400)
    assert not any_in(blue(charts.bar_chart([Bar("Legal", Hidden("hidden"))])))


def test_a_hidden_point_leaves_a_gap_in_the_line() -> None:
    def line(middle: charts.Figure) -> bytes:
        return charts.line_chart(["May", "Jun", "Jul"], [Series("used", (9, middle, 9))])

    assert longest_run(blue(line(9))) > 2 * longest_run(blue(line(Hidden("<5"))))
    assert line(Hidden("<5")) != line(None)


def test_the_same_figures_give_the_same_picture() -> None:
    def draw() -> bytes:
        return charts.line_chart(
            ["May", "Jun"], [Series("a", (1, 2), "2 used"), Series("b", (2, 2))], Capacity(16, "16 beds")
        )

    assert draw() == draw()


def test_colours_come_from_outside() -> None:
    plain = charts.bar_chart([Bar("Social", 41)])
    other = charts.bar_chart([Bar("Social", 41)], Palette(series=("#E69F00",)))
    assert any_in(blue(plain))
    assert not any_in(blue(other))


def test_nothing_to_show_is_still_a_picture() -> None:
    for png in (charts.bar_chart([Bar("Social", 0)]), charts.bar_chart([]), charts.line_chart([], [])):
        assert png.startswith(b"\x89PNG")


def test_labels_at_the_ends_keep_apart() -> None:
    placed = charts._apart([(10.0, "a", "x"), (10.1, "b", "x"), (2.0, "c", "x")], 1.0)
    heights = [height for height, _label, _colour in placed]
    assert heights == [2.0, 10.0, 11.0]


def test_words_for_who_does_not_see_the_chart() -> None:
    bars = [Bar("Social", 41), Bar("Legal", Hidden("<5"), 3), Bar("Health", None)]
    assert charts.bars_in_words("Services", bars, "en") == "Services: Social 41, Legal <5, Health none counted."
    line = Series("used", (9.5, Hidden("hidden")))
    assert charts.line_in_words("Beds", ["May", "Jun"], line, "en") == "Beds: May 9.5, Jun hidden."


@pytest.mark.parametrize(("top", "marks"), [(16, [0, 4, 8, 12, 16]), (1, [0, 0.25, 0.5, 0.75, 1]), (7, [0, 2, 4, 6])])
def test_marks_of_the_axis_are_round(top: float, marks: list[float]) -> None:
    assert charts._round_marks(top) == pytest.approx(marks)


def test_long_labels_are_cut_and_the_bar_stays() -> None:
    mask = blue(charts.bar_chart([Bar("Accompanied to a public office in another town " * 3, 10)]))
    assert longest_run(mask) > 440 * 0.3


def test_labels_that_would_run_into_each_other_are_left_out() -> None:
    """Twenty-four months in a narrow chart: some stand below it, the last among them, none on another."""
    labels = [f"Month {number}" for number in range(24)]
    drawn = picture(charts.line_chart(labels, [Series("used", tuple(range(24)))], size=Size(300, 120)))
    below = drawn.crop((0, 98, 300, 120)).getchannel("A").tobytes()
    columns = [any(below[row * 300 + column] > 60 for row in range(22)) for column in range(300)]
    gaps = [len(run) for run in "".join(" x"[dot] for dot in columns).strip().split("x") if run]
    assert max(gaps) > 6
    assert any(columns[-75:])


def test_every_marker_is_drawn() -> None:
    lines = [Series(f"line {number}", (number, number)) for number in range(1, 7)]
    assert len({charts.line_chart(["May", "Jun"], lines[:count]) for count in range(1, 7)}) == 6


def test_nothing_is_written_to_the_disk(tmp_path: Path) -> None:
    home, ours = tmp_path / "home", tmp_path / "ours"
    home.mkdir()
    gone = {"XDG_CACHE_HOME", "XDG_CONFIG_HOME"}
    environment = {k: v for k, v in os.environ.items() if k not in gone}
    environment |= {"HOME": str(home), "USERPROFILE": str(home), "SHELTERDESK_HOME": str(ours)}
    code = "from shelterdesk.documents.charts import *; bar_chart([Bar('Social', 4)])"
    subprocess.run([sys.executable, "-B", "-c", code], env=environment, check=True, timeout=120)
    assert list(tmp_path.rglob("*")) == [home]
