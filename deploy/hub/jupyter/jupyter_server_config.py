"""A learner's JupyterLab on a hub: quizzes are live at once, no other host is asked, and what is idle ends.

JUPYTER_CONFIG_PATH names this folder. `page_config.json` beside it keeps JupyterLab from asking about news.
"""

import zmq

from lumbar import workspace

c.LabApp.news_url = None
c.LabApp.check_for_updates_class = "jupyterlab.NeverCheckForUpdate"
c.LabApp.extension_manager = "readonly"

# Others on the same machine must not read what passes between a page and its kernel.
if zmq.has("curve"):
    c.KernelManager.transport_encryption = "auto"

# A kernel that no page shows ends after half an hour, and the server an hour after anything was last done.
c.MappingKernelManager.cull_idle_timeout = 1800
c.MappingKernelManager.cull_interval = 300
c.ServerApp.shutdown_no_activity_timeout = 3600

workspace.trust()
