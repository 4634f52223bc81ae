"""A bot without a library, for what no library would let one say."""

from dataclasses import dataclass

import httpx

from .shapes import Json, JsonObject


@dataclass(frozen=True, slots=True)
class RawBot:
    """Sends whatever it is told to. `base` is the URL up to and with the token."""

    client: httpx.AsyncClient
    base: str

    async def __call__(self, method: str, **values: Json) -> JsonObject:
        """One call with a JSON body; the whole answer."""
        answer = await self.client.post(f"{self.base}/{method}", json=values)
        whole: JsonObject = answer.json()
        return whole
