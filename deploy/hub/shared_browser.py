"""Who logs in where somebody else was before finds none of their answers: the browser forgets what it kept for them.

Lessons keep answers in the browser until the learner's own file has them. All learners of a hub share its address, so
on a shared computer they would share these, too. Browsers heed the header with https, and on the machine itself.
"""

from urllib.parse import quote

LAST = "lumbar-last-learner"


def forget_others(authenticator, handler, login):
    """Have the browser's storage emptied, unless the same learner logs in again, whose answers may still wait there."""
    name = quote(login["name"])
    if handler.get_cookie(LAST) != name:
        handler.set_header("Clear-Site-Data", '"storage"')
    handler.set_cookie(LAST, name, path=handler.hub.base_url, httponly=True, samesite="lax", expires_days=365)
    return login


c.Authenticator.post_auth_hook = forget_others
