"""A flow as a Mermaid diagram, drawn from the same table that `transitions` runs."""

from __future__ import annotations

from flows.engine.conversation import DONE
from flows.engine.flow import Flow


def draw(flow: Flow) -> str:
    """Return the Mermaid source of a flow; guards stand on their arrows."""
    lines = ["stateDiagram-v2", "  direction TB", f"  [*] --> {_id(flow.start)}"]
    lines += [
        f'  state "{name} ({question.kind})" as {_id(name)}' for name, question in flow.questions.items()
    ]
    for go in flow.transitions:
        target = "[*]" if go.target == DONE else _id(go.target)
        guard = f": {go.when.__name__.replace('_', ' ')}" if go.when else ""
        lines.append(f"  {_id(go.source)} --> {target}{guard}")
    return "\n".join(lines) + "\n"


def _id(state: str) -> str:
    return state.replace("-", "_")
