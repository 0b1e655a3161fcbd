"""Files and folders are put in place whole, whenever it is interrupted."""

import pytest

from dagster_project.publishing.places import new_file, new_folder


class Killed(BaseException):
    """As much of a kill as a test can do to itself."""


def names(folder):
    return sorted(path.name for path in folder.iterdir())


def test_a_file_is_new_or_as_before(tmp_path):
    target = tmp_path / "folder" / "file"
    with new_file(target) as beside:
        beside.write_text("first")
        assert not target.exists()
    with pytest.raises(Killed), new_file(target) as beside:
        beside.write_text("half of the sec")
        raise Killed
    assert target.read_text() == "first"
    assert names(target.parent) == ["file"]


def test_a_folder_is_new_or_as_before(tmp_path):
    target = tmp_path / "exports"
    with new_folder(target) as beside:
        (beside / "a").write_text("1")
        (beside / "b").write_text("1")
    with pytest.raises(Killed), new_folder(target) as beside:
        (beside / "a").write_text("2")
        raise Killed
    assert names(target) == ["a", "b"]
    with new_folder(target) as beside:
        (beside / "a").write_text("3")
    assert names(target) == ["a"]
    assert (target / "a").read_text() == "3"
    assert names(tmp_path) == ["exports"]


def test_what_a_killed_run_left_is_cleared(tmp_path):
    """Killed while it wrote beside; and killed between the two renames, where the folder of before is brought back."""
    target = tmp_path / "exports"
    (tmp_path / ".exports.old").mkdir()
    (tmp_path / ".exports.old" / "before").touch()
    (tmp_path / ".exports.new").mkdir()
    (tmp_path / ".exports.new" / "half").touch()
    with new_folder(target) as beside:
        assert names(target) == ["before"]
        assert names(beside) == []
    assert names(tmp_path) == ["exports"]

    (tmp_path / ".file.new").write_text("half")
    with new_file(tmp_path / "file") as beside:
        assert not beside.exists()
        beside.write_text("whole")
    assert names(tmp_path) == ["exports", "file"]
