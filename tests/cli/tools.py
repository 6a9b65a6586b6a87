"""What transcripts call besides overt.

    unprivileged COMMAND …   run it as a user without rights of its own, if this user is root
    interrupt COMMAND …      start it, interrupt it while it works, and print how it ended
"""

import os
import signal
import subprocess
import sys

NOBODY = 65534


def unprivileged(command):
    if os.geteuid() == 0:
        os.setgroups([])
        os.setgid(NOBODY)
        os.setuid(NOBODY)
    os.execvp(command[0], command)


def interrupt(command):
    """Tries longer and longer pauses, until the interrupt meets the command at work: neither before it begins to listen
    for interrupts, nor after it is done."""
    for pause in (0.05, 0.1, 0.2, 0.4, 0.8, 0.02):
        process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
        try:
            process.wait(pause)
            continue
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGINT)
        errors = process.communicate(timeout=60)[1].decode("utf-8", "replace")
        if process.returncode not in (0, 1):
            sys.stderr.write(errors)
            print(f"ended with {process.returncode}")
            return
    print("was never interrupted")


if __name__ == "__main__":
    {"unprivileged": unprivileged, "interrupt": interrupt}[sys.argv[1]](sys.argv[2:])
