"""A learner's JupyterLab on a hub: quizzes are live at once, no other host is asked, and what is idle ends.

JUPYTER_CONFIG_PATH names this folder. `page_config.json` beside it keeps JupyterLab from asking about news.
"""

import os
from pathlib import Path

from lumbar import workspace

c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# On a machine with others, server and kernels speak through sockets in the learner's own home, where nobody else can
# listen. The system allows such a socket about 100 letters of path.
if "KUBERNETES_SERVICE_HOST" not in os.environ:
    c.KernelManager.transport = "ipc"
    os.environ["JUPYTER_RUNTIME_DIR"] = str(Path.home() / ".run")

# A kernel that no page shows ends after half an hour, and the server an hour after anything was last done.
c.MappingKernelManager.cull_idle_timeout = 1800
c.MappingKernelManager.cull_interval = 300
c.ServerApp.shutdown_no_activity_timeout = 3600

workspace.trust()
