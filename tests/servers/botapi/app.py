"""The two doors as one ASGI application. The bot's is bare ASGI: a benchmark must not measure it."""

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from .bot_door import PREFIX, BotDoor
from .chats import ImpossibleError
from .cloud import Cloud
from .control import VERBS, do
from .wire import Exchange


def application(cloud: Cloud) -> ASGIApp:
    bot, control = BotDoor(cloud), _control(cloud)

    async def app(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http" and scope["path"].startswith(PREFIX):
            await bot.serve(Exchange(scope, receive, send))
        else:
            await control(scope, receive, send)

    return app


def _control(cloud: Cloud) -> Starlette:
    async def perform(request: Request) -> Response:
        arguments = await request.json() if request.method == "POST" else dict(request.query_params)
        try:
            return JSONResponse(await do(cloud, request.path_params["verb"], arguments))
        except ImpossibleError as impossible:
            return JSONResponse({"impossible": str(impossible)}, status_code=400)

    async def verbs(request: Request) -> Response:
        return JSONResponse({name: (done.__doc__ or "").strip() for name, done in sorted(VERBS.items())})

    routes = [Route("/fake", verbs), Route("/fake/{verb}", perform, methods=["GET", "POST"])]
    return Starlette(routes=routes)
