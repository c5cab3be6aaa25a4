"""mail-parser-reply, which takes quoted tails and signatures off mails.

    python -m benchmarks.peers.mail_reply JOB.json OUT.json

A job gives ``texts`` and ``languages``. The answer gives for each text the latest reply
(``replies``) and that less what it takes for signature and disclaimer (``bodies``), the
``seconds`` that took, and its ``version``.
"""

from __future__ import annotations

import json
import sys
import time
from importlib.metadata import version
from pathlib import Path


def main(job: Path, out: Path) -> None:
    """Take off what stands around each text."""
    from mailparser_reply import EmailReplyParser

    given = json.loads(job.read_text(encoding="utf-8"))
    parser = EmailReplyParser(languages=given["languages"])
    start = time.perf_counter()
    read = [parser.read(text) for text in given["texts"]]
    answer = {
        "replies": [mail.latest_reply or "" for mail in read],
        "bodies": [mail.replies[0].body if mail.replies else "" for mail in read],
        "seconds": time.perf_counter() - start,
        "version": version("mail-parser-reply"),
    }
    out.write_text(json.dumps(answer), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
