"""Updates that nobody would write by hand: valid by the Bot API, hostile in content, repeatable by a seed."""
