"""A voice's cues, cut out of rendered sessions, and how each of them sounds."""

import functools
import json
import os
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from faster_whisper import decode_audio

from recogniser import RATE

COACH = os.environ.get("COACH_LISTEN_PROGRAM", "coach")
HERE = Path(__file__).parent
ENGLISH = ["knee-pain-hamstrings", "behind-the-knee"]
# Routines of other languages, by the code of the voice's language.
OTHERS = {code: [str(HERE / f"{code}.toml")] for code in ("de", "es", "fr", "it")}
LANGUAGES = {"German": "de", "Spanish": "es", "French": "fr", "Italian": "it"}


@dataclass
class Cue:
    text: str
    samples: np.ndarray  # mono, 16 kHz


@functools.cache
def voices() -> dict[str, str]:
    """The voices that can speak here, by name, and the language of each."""
    found = {}
    for line in _run([COACH, "voices"]).splitlines():
        name, state, *about = [word.strip(",") for word in line.split()] + ["", ""]
        if state == "ready":
            found[name] = next((LANGUAGES[word] for word in about if word in LANGUAGES), "en")
    return found


def language_of(voice: str) -> str:
    return voices().get(voice, "en")


def cues(voice: str) -> list[Cue]:
    """Every distinct sentence of the voice's routines, as it sounds in the session."""
    found = {}
    for routine in OTHERS.get(language_of(voice), ENGLISH):
        asked = [routine, "--session", "1", "--talk", "full", "--voice", voice]
        plan = json.loads(_run([COACH, "plan", *asked, "--json"]))
        if plan["voice"] != voice:
            sys.exit(f"listen: {voice} does not speak here, {plan['voice']} spoke in its place")
        said = [event for event in plan["events"] if event["kind"] == "say" and event["text"] not in found]
        with tempfile.TemporaryDirectory() as folder:
            file = f"{folder}/session.wav"
            _run([COACH, "render", *asked, "--channels", "mono", "-o", file])
            session = _samples(file)
        for event in said:
            begin, end = (at * RATE // plan["sample_rate"] for at in (event["frame"], event["frame"] + event["frames"]))
            found.setdefault(event["text"], session[begin:end])
    return [Cue(text, samples) for text, samples in found.items()]


def oddities(spoken: list[Cue]) -> list[str]:
    """Cues that are unusually fast or slow for their voice, pause for long, or are cut off."""
    told = []
    pace = {cue.text: sum(c.isalnum() for c in cue.text) / (len(cue.samples) / RATE) for cue in spoken}
    usual = float(np.median([pace[cue.text] for cue in spoken if len(cue.text.split()) >= 4]))
    for cue in spoken:
        levels = _levels(cue.samples)
        loud = float(np.percentile(levels, 90))
        heard = np.flatnonzero(levels > loud - 35)
        pause = int(np.diff(heard).max(initial=1)) - 1
        ratio = pace[cue.text] / usual
        if len(cue.text.split()) >= 4 and not 0.67 <= ratio <= 1.5:
            told.append(f"{ratio:.2f} of its usual pace: {cue.text}")
        if pause * 10 > 600:
            told.append(f"pauses for {pause * 10} ms: {cue.text}")
        if levels[-1] > loud - 25:
            told.append(f"ends {loud - levels[-1]:.0f} dB under its loud parts, maybe cut off: {cue.text}")
        if levels[0] > loud - 20:
            told.append(f"begins {loud - levels[0]:.0f} dB under its loud parts, maybe cut off: {cue.text}")
    return told


def _levels(samples: np.ndarray) -> np.ndarray:
    """The level of each 10 ms, in dB of full scale; the last is the very end."""
    step = RATE // 100
    blocks = samples[len(samples) % step :].reshape(-1, step)
    return 10 * np.log10(np.mean(blocks**2, axis=1) + 1e-12)


def _samples(file: str) -> np.ndarray:
    return decode_audio(file, sampling_rate=RATE)


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"listen: {' '.join(command[:3])} … failed: {done.stderr.strip()}")
    return done.stdout
