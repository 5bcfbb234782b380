"""What a user does in the Dagster UI, through the GraphQL that its buttons send.

A real webserver and daemon run on a loopback port over a freshly collected project: one asset is
materialized, then three languages are backfilled.
"""

from __future__ import annotations

import json
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from corpus_assets.defs.registry import STEPS
from corpus_assets_tests.conftest import ROOT, Project, project_at

LANGUAGES = ("python", "go", "javascript")
_MATERIALIZE = """
mutation Launch($params: ExecutionParams!) {
  launchPipelineExecution(executionParams: $params) {
    __typename
    ... on LaunchRunSuccess { run { runId } }
    ... on PythonError { message }
  }
}"""
_BACKFILL = """
mutation Backfill($params: LaunchBackfillParams!) {
  launchPartitionBackfill(backfillParams: $params) {
    __typename
    ... on LaunchBackfillSuccess { backfillId }
    ... on PythonError { message }
  }
}"""
_RUN = "query Run($id: ID!) { runOrError(runId: $id) { ... on Run { status } } }"
_BACKFILL_STATUS = """
query Backfill($id: String!) {
  partitionBackfillOrError(backfillId: $id) { ... on PartitionBackfill { status } }
}"""
_ASSETS = """
query Assets {
  assetNodes {
    assetKey { path }
    description
    groupName
    owners { ... on TeamAssetOwner { team } }
    kinds
    isPartitioned
    hasAssetChecks
    metadataEntries { label }
    partitionStats { numPartitions numMaterialized numFailed }
  }
}"""


class Server:
    """A webserver's GraphQL endpoint."""

    def __init__(self, port: int) -> None:
        self.url = f"http://127.0.0.1:{port}/graphql"

    def ask(self, query: str, **variables: Any) -> Any:
        """The data of an answer; an error in it fails the test."""
        body = json.dumps({"query": query, "variables": variables}).encode()
        request = urllib.request.Request(self.url, body, {"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=120) as response:
            answer = json.load(response)
        assert "errors" not in answer, answer
        return answer["data"]

    def wait(self, query: str, identifier: str, done: set[str], seconds: int = 240) -> str:
        """Poll a run or backfill until its status is one of `done`."""
        deadline = time.monotonic() + seconds
        while True:
            (answer,) = self.ask(query, id=identifier).values()
            if answer["status"] in done or time.monotonic() > deadline:
                return str(answer["status"])
            time.sleep(1)


@contextmanager
def _served(project: Project) -> Iterator[Server]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    log = (project.folder / "ui.log").open("w")
    bin_folder = Path(sys.executable).parent
    workspace = ["-w", str(ROOT / "workspace.yaml")]
    environment = {**project.environment, "PATH": f"{bin_folder}:{project.environment['PATH']}"}
    processes = [
        subprocess.Popen(command, env=environment, cwd=ROOT, stdout=log, stderr=log)
        for command in (
            [str(bin_folder / "dagster-webserver"), *workspace, "-h", "127.0.0.1", "-p", str(port)],
            [str(bin_folder / "dagster-daemon"), "run", *workspace],
        )
    ]
    server = Server(port)
    try:
        for _ in range(90):
            try:
                server.ask("{ version }")
                break
            except OSError:
                time.sleep(1)
        yield server
    finally:
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(30)
        log.close()


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Project:
    project = project_at(tmp_path_factory.mktemp("ui"))
    project.corpus("collect")
    return project


def test_materialize_one_asset_and_backfill_three_languages(collected: Project) -> None:
    partitioned = [step.table for step in STEPS if step.partition_column == "language"]
    selector = {
        "repositoryLocationName": "corpus_assets",
        "repositoryName": "__repository__",
        "pipelineName": "__ASSET_JOB",
    }
    with _served(collected) as server:
        for asset in ("license_texts", "takedowns"):
            selected = selector | {"assetSelection": [{"path": [asset]}], "assetCheckSelection": []}
            launched = server.ask(
                _MATERIALIZE,
                params={"selector": selected, "mode": "default", "runConfigData": {}},
            )["launchPipelineExecution"]
            assert launched["__typename"] == "LaunchRunSuccess", launched
            run_id = launched["run"]["runId"]
            assert server.wait(_RUN, run_id, {"SUCCESS", "FAILURE", "CANCELED"}) == "SUCCESS"
        backfill = server.ask(
            _BACKFILL,
            params={
                "assetSelection": [{"path": [table]} for table in partitioned],
                "partitionNames": list(LANGUAGES),
                "fromFailure": False,
            },
        )["launchPartitionBackfill"]
        assert backfill["__typename"] == "LaunchBackfillSuccess", backfill
        ended = {"COMPLETED_SUCCESS", "COMPLETED_FAILED", "CANCELED", "FAILED"}
        status = server.wait(_BACKFILL_STATUS, backfill["backfillId"], ended)
        assert status == "COMPLETED_SUCCESS"
        nodes = {node["assetKey"]["path"][-1]: node for node in server.ask(_ASSETS)["assetNodes"]}
    for table in partitioned:
        assert nodes[table]["partitionStats"]["numMaterialized"] == len(LANGUAGES), table
    lake = collected.workspace.lake
    for language in LANGUAGES:
        version = lake.version("curated_documents", language)
        assert version is not None
        assert version.rows > 0, language


def test_every_asset_says_what_it_is(collected: Project) -> None:
    with _served(collected) as server:
        nodes = server.ask(_ASSETS)["assetNodes"]
    assert len(nodes) == len(STEPS) + 5
    for node in nodes:
        name = "/".join(node["assetKey"]["path"])
        labels = {entry["label"] for entry in node["metadataEntries"]}
        assert node["description"].startswith("One row per "), name
        assert node["groupName"] not in ("", "default"), name
        assert node["owners"], name
        assert node["kinds"], name
        assert "dagster/column_schema" in labels, name
