"""What do pages, actions and results ask about matters that add or take points?"""

from jixiao.events.queries.counting import Pending, Told, events_of, matters_of, pending_of

__all__ = ["Pending", "Told", "events_of", "matters_of", "pending_of"]
