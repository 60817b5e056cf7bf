"""Hold a class in a process of its own, for `voting.py`: its address, code and key are printed in one line."""

import asyncio
import sys

from lumbar.classroom import serve
from lumbar.classroom.school import School
from lumbar.classroom.server import Site, application
from lumbar.classroom.store import connect


async def main(database: str, pupils: int) -> None:
    """Serve on a free port of this machine alone until killed."""
    school = School(connect(database), b"a secret for a benchmark only", room_for=pupils)
    await school.start()
    hall = await school.make()
    options = serve.Options(port=0)
    sockets = serve.listening(options)
    places = serve.Places(sockets[0].getsockname()[1], options)
    server = serve.Server(application(Site(school, places.addresses, places.hosts)), **serve.LISTENING)
    server.add_sockets(sockets)
    print(places.own(), hall.code, school.key(hall.code), flush=True)
    await serve.mind(school, keep=0)


if __name__ == "__main__":
    serve.allow_many_files()
    serve.collect_rarely()
    asyncio.run(main(sys.argv[1], int(sys.argv[2])))
