"""The two databases on which everything about a class is tested: a file of SQLite, and a real PostgreSQL."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from cluster import Cluster, Missing
from lacking import lacks


@dataclass(frozen=True)
class Database:
    """An empty database: its address for `store.connect`, and how to take it away and bring it back."""

    kind: str
    url: str
    stop: Callable[[], None]
    start: Callable[[], None]


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """PostgreSQL. Without it, its tests are skipped, and fail under CI."""
    try:
        running = Cluster(sync=False)  # a killed process loses nothing by that
    except Missing as why:
        lacks(str(why))
    yield running
    running.remove()


@pytest.fixture(params=["sqlite", "postgres"])
def database(request, tmp_path) -> Iterator[Database]:
    """An empty database, once of each kind."""
    if request.param == "sqlite":
        yield _file(tmp_path / "classes" / "classes.sqlite")
    else:
        cluster = request.getfixturevalue("cluster")
        with cluster.database() as url:
            yield Database("postgres", url, cluster.stop, cluster.start)


@pytest.fixture
def postgres(cluster) -> Iterator[str]:
    """The address of an empty database on PostgreSQL."""
    with cluster.database() as url:
        yield url


def _file(path: Path) -> Database:
    """Goes and comes back like a memory stick: the whole folder."""
    away = path.parent.with_name("away")
    return Database("sqlite", str(path), lambda: path.parent.rename(away), lambda: away.rename(path.parent))


@pytest.fixture
def server(tmp_path) -> Iterator:
    """The class server with an empty database, see `actors`."""
    from actors import Server

    running = Server(str(tmp_path / "classes.sqlite"))
    yield running
    running.stop()


@pytest.fixture
def teacher(server):
    """A teacher with a new class."""
    from actors import Teacher

    return Teacher(server)
