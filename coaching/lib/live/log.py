import logging
import traceback

logger = logging.getLogger("coaching.live")


def outline(error: BaseException) -> str:
    """Kind and place of an error, without its message: that may quote what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)[-3:]
    places = " < ".join(f"{frame.filename}:{frame.lineno}" for frame in reversed(frames))
    return f"{type(error).__name__} at {places or 'unknown place'}"
