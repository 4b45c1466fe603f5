"""A hub on this machine that serves one folder, and refuses in every way that the real one does."""

import json
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

COMMIT = "0123456789abcdef0123456789abcdef01234567"
ERRORS = {              # owner -> status, and the headers by which the hub says why
    "deleted": (401, {"X-Error-Code": "RepoNotFound", "X-Error-Message": "Repository not found"}),
    "private": (404, {"X-Error-Code": "RepoNotFound", "X-Error-Message": "Repository not found"}),
    "gated": (401, {"X-Error-Code": "GatedRepo", "X-Error-Message": "Access to model is restricted."}),
    "waiting": (403, {"X-Error-Code": "GatedRepo", "X-Error-Message": "not in the authorized list"}),
    "badtoken": (401, {"X-Error-Message": "Invalid credentials in Authorization header"}),
    "forbidden": (403, {"X-Error-Message": "Forbidden"}),
    "disabled": (403, {"X-Error-Message": "Access to this resource is disabled."}),
    "broken": (500, {}),
}


class Hub:
    """``url`` answers for the owners of ERRORS as they say, for "slow" late, for "portal" with a page of its own, for
    "sealed" with a list of its files alone, for "short" with half of each weight, for "moved" without the commit that
    is asked for, and for all others with the files of ``folder``."""

    def __init__(self, folder: Path):
        hub, self.asked = self, []

        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args):
                pass

            def do_HEAD(self):
                hub.answer(self, folder)

            do_GET = do_HEAD

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, request, folder: Path):
        path = request.path.partition("?")[0].strip("/")
        self.asked.append(path)
        parts = path.removeprefix("api/models/").split("/")
        owner = parts[0]
        if owner == "sealed" and "/resolve/" in path:       # listed for all, given to some: the usual gate
            return send(request, *ERRORS["gated"])
        if owner in ERRORS:
            return send(request, *ERRORS[owner])
        if owner == "slow":
            time.sleep(0.8)
        if owner == "portal":                               # a café's network that wants a click first
            return send(request, 200, {"Content-Type": "text/html"}, b"<html>Accept our terms</html>")
        if owner == "moved" and "refs" in path:
            return send(request, 404, {"X-Error-Code": "RevisionNotFound"})
        if path.startswith("api/models/") and "/tree/" in path:
            files = [p for p in sorted(folder.rglob("*")) if p.is_file()]
            listed = [{"type": "file", "path": p.relative_to(folder).as_posix(), "size": p.stat().st_size,
                       "oid": "0" * 40} for p in files]
            return send(request, 200, {"Content-Type": "application/json"}, json.dumps(listed).encode())
        if path.startswith("api/models/"):
            about = {"id": "/".join(parts[:2]), "sha": COMMIT, "siblings": [], "tags": []}
            return send(request, 200, {"Content-Type": "application/json"}, json.dumps(about).encode())
        file = folder / "/".join(parts[4:])
        if not file.is_file():
            return send(request, 404, {"X-Error-Code": "EntryNotFound"})
        body = file.read_bytes()
        headers = {"ETag": f'"{abs(hash(path)):x}"', "X-Repo-Commit": COMMIT, "Content-Length": str(len(body))}
        if owner == "short" and file.suffix == ".safetensors":
            body = body[:len(body) // 2]
        send(request, 200, headers, body)


def send(request, status: int, headers: dict[str, str], body: bytes = b""):
    try:
        request.send_response(status)
        for name, value in ({"Content-Length": str(len(body))} | headers).items():
            request.send_header(name, value)
        request.end_headers()
        if request.command == "GET":
            request.wfile.write(body)
        request.close_connection = True
    except BrokenPipeError:         # who asked has given up
        pass
