"""A client of the language server that tests and benchmarks share: a process, messages, and patience with limits.

    with Client([overt, "server"], folder) as client:
        client.request("initialize", {…})            # the result, or LspError
        client.notify("initialized", {})
        client.wait_for("textDocument/publishDiagnostics", lambda params: params["uri"] == uri)

Standard library only.
"""

import json
import os
import queue
import signal
import subprocess
import threading
import time

TIME_LIMIT = float(os.environ.get("OVERT_LSP_TIME_LIMIT", "60"))  # seconds; whoever needs longer hangs


def environment_in(home):
    """For a server that finds no interpreter and nobody's settings; sanitizers keep theirs."""
    kept = {key: value for key, value in os.environ.items() if key.startswith(("ASAN_", "UBSAN_", "LSAN_"))}
    return {"PATH": "/nowhere", "HOME": str(home), "LC_ALL": "C.UTF-8", **kept}


class LspError(Exception):
    def __init__(self, error):
        super().__init__(json.dumps(error))
        self.error = error


class Client:
    def __init__(self, command, folder, environment=None, answers=None):
        """`answers`: results for the server's own requests, by method; others get null."""
        self.process = subprocess.Popen(command, cwd=folder, env=environment, stdin=subprocess.PIPE,
                                        stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.answers = answers or {}
        self.messages = queue.Queue()  # everything that the server says, in order; None at the end
        self.seen = []                 # notifications that nobody waited for yet
        self.errors = b""
        self.next_id = 1
        self.lock = threading.Lock()
        self.reads = threading.Event()  # cleared: what the server says stays in the pipe
        self.reads.set()
        self.threads = [threading.Thread(target=self.read, daemon=True),
                        threading.Thread(target=self.read_errors, daemon=True)]
        for thread in self.threads:
            thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.kill()

    def kill(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        for stream in (self.process.stdin, self.process.stdout, self.process.stderr):
            try:
                stream.close()
            except OSError:
                pass

    def read_errors(self):
        try:
            for line in self.process.stderr:
                self.errors += line
        except ValueError:
            pass

    def read(self):
        try:
            while True:
                self.reads.wait()
                length = None
                while line := self.process.stdout.readline():
                    if line in (b"\r\n", b"\n"):
                        break
                    name, _, value = line.partition(b":")
                    if name.lower() == b"content-length":
                        length = int(value)
                if length is None:
                    break
                body = self.process.stdout.read(length)
                message = json.loads(body)
                message["_received"] = time.perf_counter()
                if "method" in message and "id" in message and not self.keeps(message):
                    self.send({"jsonrpc": "2.0", "id": message["id"], "result": self.answer(message)})
                self.messages.put(message)
        except (ValueError, OSError):
            pass
        self.messages.put(None)

    def keeps(self, message):
        """Whether a request of the server stays without an answer."""
        return self.answers.get(message["method"]) == "never"

    def answer(self, message):
        found = self.answers.get(message["method"])
        if found is not None:
            return found
        if message["method"] == "workspace/configuration":
            return [None] * len(message["params"]["items"])
        return None

    def send_bytes(self, data):
        with self.lock:
            self.process.stdin.write(data)
            self.process.stdin.flush()

    def send_text(self, text):
        body = text.encode("utf-8", "surrogatepass")
        self.send_bytes(b"Content-Length: %d\r\n\r\n" % len(body) + body)

    def send(self, message):
        self.send_text(json.dumps(message))

    def notify(self, method, params=None):
        self.send({"jsonrpc": "2.0", "method": method, "params": params})

    def start(self, method, params=None):
        """Sends a request and returns its id."""
        number = self.next_id
        self.next_id += 1
        self.send({"jsonrpc": "2.0", "id": number, "method": method, "params": params})
        return number

    def next(self, limit=TIME_LIMIT):
        """The next message, in order. None when the server has closed its output."""
        try:
            return self.messages.get(timeout=limit)
        except queue.Empty:
            raise TimeoutError(f"nothing came within {limit} seconds; standard error: {self.errors.decode()}") from None

    def wait(self, wanted, limit=TIME_LIMIT):
        """The first message that is `wanted`; others are kept for later."""
        for i, message in enumerate(self.seen):
            if wanted(message):
                return self.seen.pop(i)
        end = time.monotonic() + limit
        while True:
            message = self.next(max(end - time.monotonic(), 0.001))
            if message is None:
                raise EOFError(f"the server is gone; standard error: {self.errors.decode()}")
            if wanted(message):
                return message
            self.seen.append(message)

    def response(self, number, limit=TIME_LIMIT):
        message = self.wait(lambda one: one.get("id") == number and "method" not in one, limit)
        if "error" in message:
            raise LspError(message["error"])
        return message["result"]

    def request(self, method, params=None, limit=TIME_LIMIT):
        return self.response(self.start(method, params), limit)

    def wait_for(self, method, wanted=lambda params: True, limit=TIME_LIMIT):
        return self.wait(lambda one: one.get("method") == method and wanted(one["params"]), limit)["params"]

    def resident(self):
        """The memory that the server holds now, in MiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as file:
            for line in file:
                if line.startswith("VmRSS:"):
                    return int(line.split()[1]) / 1024
        return 0.0

    def exit_code(self, limit=TIME_LIMIT):
        return self.process.wait(limit)
