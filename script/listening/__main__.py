"""The table of script/listen: see there."""

import os
import sys
import time
from pathlib import Path

from recogniser import RATE, Recogniser
from speech import cues, language_of, oddities, voices
from words import errors, words

WORST = 10
LIMIT = {"heart": 3.0}  # percent


def main() -> int:
    asked = sys.argv[1:] or list(voices())
    recogniser = Recogniser(Path(os.environ["COACH_LISTEN_HOME"]))
    rows, details, over = [], [], False
    for voice in asked:
        began = time.monotonic()
        language = language_of(voice)
        spoken = cues(voice)
        results, said_words, missed = [], 0, 0
        for n, cue in enumerate(spoken, 1):
            if n % 20 == 0 or n == len(spoken):
                print(f"listen: {voice} {n} of {len(spoken)} cues", file=sys.stderr)
            heard = recogniser.heard(cue.samples, language)
            said = words(cue.text, language)
            wrong = errors(said, words(heard, language))
            said_words += len(said)
            missed += wrong
            results.append((wrong, wrong / max(len(said), 1), cue.text, heard))
        rate = 100 * missed / said_words
        over |= rate > LIMIT.get(voice, 100.0)
        seconds = sum(len(cue.samples) for cue in spoken) / RATE
        rows.append((voice, len(spoken), said_words, missed, rate, seconds, time.monotonic() - began))
        details.append((voice, worst(results), oddities(spoken)))

    print(f"{'voice':<18}{'cues':>6}{'words':>7}{'errors':>8}{'WER':>9}{'speech':>10}{'took':>8}")
    for voice, count, said, missed, rate, seconds, took in rows:
        print(f"{voice:<18}{count:>6}{said:>7}{missed:>8}{rate:>7.2f} %{seconds:>8.1f} s{took:>6.0f} s")
    for voice, missed, odd in details:
        print(f"\n{voice}: the worst cues" if missed else f"\n{voice}: every word was understood")
        for wrong, _, text, heard in missed:
            print(f"  {wrong}  {text}\n     {heard}")
        for line in odd:
            print(f"  {line}")
    if over:
        print("\nlisten: a voice is understood less well than it must be", file=sys.stderr)
    return int(over)


def worst(results: list) -> list:
    """The cues with the most errors, the densest first among equals; always the same order."""
    wrong = [result for result in results if result[0]]
    return sorted(wrong, key=lambda result: (-result[0], -result[1], result[2]))[:WORST]


sys.exit(main())
