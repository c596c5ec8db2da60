"""Appends to a log from several threads for ever, and prints the receipt of each entry once it is acknowledged."""

from __future__ import annotations

import sys
import threading

from mutandis_log import DecisionLog, Draft, LogUnavailableError, Writer


def main(place: str) -> None:
    """Append until the process is killed; what cannot be put on record is told as `refused`."""
    writer = Writer(DecisionLog(place))
    telling = threading.Lock()

    def ask(name: str) -> None:
        count = 0
        while True:
            count += 1
            draft = Draft("decision", name, {"action": "lend book", "count": count}, {"facts.x": f'"{"y" * 2000}"'})
            try:
                (entry,) = writer.append([draft]).result()
                told = entry.receipt
            except LogUnavailableError as error:
                told = f"refused {error}"
            with telling:
                print(told, flush=True)

    for number in range(4):
        threading.Thread(target=ask, args=(f"thread {number}",)).start()


if __name__ == "__main__":
    main(sys.argv[1])
