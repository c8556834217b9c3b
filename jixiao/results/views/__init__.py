"""Which pages do results have? Leagues and cards; the way of a run; objections."""
