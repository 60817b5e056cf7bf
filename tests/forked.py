"""Work in a forked process, so that rights may be taken away from it for good."""

import json
import os


def drop_root():
    """Root may write everywhere; a learner or a teacher is not root."""
    if os.geteuid() == 0:
        os.setuid(65534)


def in_another_process(work, before):
    """What `work` returns in a forked process after `before`, which may take rights away for good."""
    reading, writing = os.pipe()
    if os.fork() == 0:
        try:
            before()
            os.write(writing, json.dumps(work()).encode())
        finally:
            os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as answer:
        return json.loads(answer.read())
