"""The single server's own configuration, with what a test has to change: any name may log in, and nobody is a user."""

import json
import os
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER = Path(os.environ["LUMBAR_TEST_FOLDER"])
PUBLIC, HUB, PROXY = json.loads(os.environ["LUMBAR_TEST_PORTS"])

load_subconfig(str(HERE.parents[1] / "deploy" / "hub" / "jupyterhub_config.py"))

c.JupyterHub.bind_url = f"http://127.0.0.1:{PUBLIC}"
c.JupyterHub.hub_bind_url = f"http://127.0.0.1:{HUB}"
c.ConfigurableHTTPProxy.api_url = f"http://127.0.0.1:{PROXY}"
c.JupyterHub.db_url = f"sqlite:///{FOLDER / 'hub.sqlite'}"
c.JupyterHub.cookie_secret_file = str(FOLDER / "cookie-secret")

c.JupyterHub.authenticator_class = "dummy"
c.Authenticator.allow_all = True
c.JupyterHub.spawner_class = "simple"
c.SimpleLocalProcessSpawner.home_dir_template = str(FOLDER / "{username}")
c.Spawner.args = ["--allow-root"]
c.Spawner.environment |= {"PYTHONPATH": str(HERE.parents[1] / "src")}
