"""JupyterHub on one machine: everyone in the group `learners` has a JupyterLab of their own, with the course in it.

LUMBAR_COURSE names the git repository of the lessons; without it, it is this checkout. Its branch is `course`.
"""

import os
import sys
from pathlib import Path
from urllib.parse import urlencode

HERE = Path(__file__).resolve().parent
CHECKOUT = HERE.parent.parent
COURSE = os.environ.get("LUMBAR_COURSE") or CHECKOUT.as_uri()

load_subconfig(str(HERE / "shared_browser.py"))

# Who may come in: accounts of this machine.
c.JupyterHub.authenticator_class = "pam"
c.PAMAuthenticator.allowed_groups = {"learners"}
c.PAMAuthenticator.admin_groups = {"teachers"}

# Only nginx, which adds https, is to reach the hub.
c.JupyterHub.bind_url = "http://127.0.0.1:8000"
c.ConfigurableHTTPProxy.command = [str(CHECKOUT / "build/hub/node_modules/.bin/configurable-http-proxy")]

# A learner's server. Opening it fetches the lessons, or what is new in them, and shows the first one.
pull = {"repo": COURSE, "branch": "course", "targetpath": "Lumbar", "urlpath": "lab/tree/Lumbar/00-start-here.ipynb"}
c.Spawner.default_url = f"/git-pull?{urlencode(pull)}"
c.Spawner.cmd = [sys.executable, "-m", "jupyterhub.singleuser"]
c.Spawner.environment = {"JUPYTER_CONFIG_PATH": str(HERE / "jupyter")}

# A whole class starts at once, and on a small machine that takes a while.
c.Spawner.start_timeout = c.Spawner.http_timeout = 180
