"""Exercises are found by layout and point at files that were collected."""

from __future__ import annotations

from pathlib import Path

from corpus_assets_tests.collect.support import directory_source, gather, project

FILES = {
    "exercises/first_step/problem.md": "# TASK\nPrint a line.\n",
    "exercises/first_step/problem.fr.md": "# TÂCHE\nAffichez.\n",
    "exercises/first_step/solution/solution.js": "console.log(1);\n",
    "exercises/first_step/exercise.js": "module.exports = 1;\n",
    "exercises/no_solution/problem.md": "Think.\n",
    "problems/arrays.md": "Make an array.\n",
    "solutions/arrays.js": "const a = [];\n",
    "problems/loops/problem.md": "Loop.\n",
    "solutions/loops/index.js": "for (;;) {}\n",
    "python/exercises/practice/two-fer/.docs/instructions.md": "Share.\n",
    "python/exercises/practice/two-fer/.meta/example.py": "def two_fer():\n    return 1\n",
    "python/exercises/practice/two-fer/two_fer.py": "def two_fer():\n    pass\n",
    "python/exercises/practice/two-fer/two_fer_test.py": "assert True\n",
    "README.md": "Read me.\n",
}


def test_tasks_and_solutions_of_every_layout(tmp_path: Path) -> None:
    folder = tmp_path / "course"
    for name, text in FILES.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    found = project(tmp_path, directory_source(folder, category="educational"))
    _, lake = gather(found, tmp_path, "educational")
    tasks = {row["task_id"]: row for row in lake.read("tasks").to_dicts()}
    answers = {row["task_id"]: row for row in lake.read("submissions").to_dicts()}
    assert {name: answers[name]["solution_paths"] for name in tasks} == {
        "exercises/first_step": ["exercises/first_step/solution/solution.js"],
        "problems/arrays": ["solutions/arrays.js"],
        "problems/loops": ["solutions/loops/index.js"],
        "python/exercises/practice/two-fer": [
            "python/exercises/practice/two-fer/.meta/example.py"
        ],
    }  # fmt: skip
    two_fer = "python/exercises/practice/two-fer"
    assert answers[two_fer]["test_paths"] == [f"{two_fer}/two_fer_test.py"]
    assert (tasks[two_fer]["language"], tasks[two_fer]["title"]) == ("python", "two fer")
    assert tasks["exercises/first_step"]["statement"] == "# TASK\nPrint a line.\n"
    assert {row["state"] for row in answers.values()} == {"accepted"}
    stored = set(lake.read("occurrences")["path"])
    assert all(set(row["solution_paths"]) <= stored for row in answers.values())


def test_only_teaching_material_makes_tasks(tmp_path: Path) -> None:
    folder = tmp_path / "library" / "exercises" / "x"
    folder.mkdir(parents=True)
    (folder / "problem.md").write_text("Do.\n")
    (folder / "solution.js").write_text("1;\n")
    _, lake = gather(project(tmp_path, directory_source(tmp_path / "library")), tmp_path)
    assert lake.read("tasks").is_empty()
