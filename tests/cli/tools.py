"""What transcripts call besides overt.

    unprivileged COMMAND …   run it as a user without rights of its own, if this user is root
    interrupt COMMAND …      start it, interrupt it while it works, and print how it ended
"""

import os
import signal
import subprocess
import sys
import time

NOBODY = 65534


def unprivileged(command):
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    os.execvp(command[0], command)


def listens(process):
    """Whether the process is overt by now and has installed a handler for interrupts (`SigCgt`, proc(5))."""
    try:
        if not os.path.samefile(f"/proc/{process.pid}/exe", os.environ["OVERT_REAL_BINARY"]):
            return False
        with open(f"/proc/{process.pid}/status", encoding="ascii") as status:
            caught = next((int(line.split()[1], 16) for line in status if line.startswith("SigCgt:")), 0)
    except OSError:
        return False
    return caught >> (signal.SIGINT - 1) & 1 == 1


def interrupt(command):
    """Tries longer and longer pauses after the command has begun to listen for interrupts, until one meets it at work."""
    for pause in (0.05, 0.1, 0.2, 0.4, 0.8, 0.02, 0):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        while process.poll() is None and not listens(process):
            time.sleep(0.001)
        time.sleep(pause)
        if process.poll() is None:
            process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=60)[1].decode("utf-8", "replace")
        if process.returncode not in (0, 1):
            sys.stderr.write(errors)
            print(f"ended with {process.returncode}")
            return
    print("was never interrupted")


if __name__ == "__main__":
    {"unprivileged": unprivileged, "interrupt": interrupt}[sys.argv[1]](sys.argv[2:])
