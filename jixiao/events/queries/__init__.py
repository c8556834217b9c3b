"""What do pages, actions and results ask about matters that add or take points?"""

from jixiao.events.queries.counting import Pending, events_of, pending_of

__all__ = ["Pending", "events_of", "pending_of"]
