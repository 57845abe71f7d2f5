"""What counts as the same words: only what sounds the same, or is one word written in two ways."""

import re
import unicodedata

from num2words import num2words

# Words that sound the same in American and in British English. A recogniser may write either; a listener hears one.
HOMOPHONES = [
    {"heel", "heal"},
    {"heels", "heals"},
    {"two", "to", "too"},
    {"four", "for"},
    {"eight", "ate"},
    {"one", "won"},
    {"toe", "tow"},
    {"toes", "tows"},
    {"need", "knead"},
    {"knot", "not"},
    {"knots", "nots"},
    {"right", "write"},
    {"feet", "feat"},
    {"tail", "tale"},
    {"whole", "hole"},
    {"waist", "waste"},
    {"soles", "souls"},
    {"way", "weigh"},
    {"their", "there"},
    {"through", "threw"},
    {"flex", "flecks"},
]

# One word in British and in American spelling.
SPELLINGS = {"centre": "center", "colour": "color", "grey": "gray", "favour": "favor", "programme": "program"}

# Two ways to write the same in short.
SHORT = [
    (r"\b(can)'t\b", r"\1 not"),
    (r"\bcannot\b", "can not"),
    (r"\bwon't\b", "will not"),
    (r"n't\b", " not"),
    (r"'re\b", " are"),
    (r"'ll\b", " will"),
    (r"'ve\b", " have"),
    (r"'m\b", " am"),
    (r"\blet's\b", "let us"),
    (r"\b(it|that|what|here|there|who)'s\b", r"\1 is"),
    (r"%", " percent "),
]

SAME = {word: sorted(sounds)[0] for sounds in HOMOPHONES for word in sounds}


def words(text: str, language: str) -> list[str]:
    """The words of `text` as they are compared."""
    text = unicodedata.normalize("NFKC", text).lower().replace("’", "'")
    text = re.sub(r"(\d)[-–:](\d)", r"\1 \2", text)
    text = re.sub(r"\d+(st|nd|rd|th)\b", lambda found: _ordinal(found.group(), language), text)
    text = re.sub(r"\d+", lambda found: f" {num2words(int(found.group()), lang=language)} ", text)
    if language == "en":
        for short, long in SHORT:
            text = re.sub(short, long, text)
    # Who puts an apostrophe where is not heard; in French and Italian it parts two words.
    text = text.replace("'", " " if language in ("fr", "it") else "")
    found = re.findall(r"[^\W_]+", text)
    if language != "en":
        return found
    found = [SPELLINGS.get(word, word) for word in found]
    return [SAME.get(word, word) for word in found]


def errors(said: list[str], heard: list[str]) -> int:
    """The fewest words put in, left out or taken for another. Two words written as one, or one as two, are no error."""
    fewest = {}
    for i in range(len(said) + 1):
        for j in range(len(heard) + 1):
            if i == 0 or j == 0:
                fewest[i, j] = i + j
                continue
            ways = [
                fewest[i - 1, j] + 1,
                fewest[i, j - 1] + 1,
                fewest[i - 1, j - 1] + (said[i - 1] != heard[j - 1]),
            ]
            if i > 1 and said[i - 2] + said[i - 1] == heard[j - 1]:
                ways.append(fewest[i - 2, j - 1])
            if j > 1 and heard[j - 2] + heard[j - 1] == said[i - 1]:
                ways.append(fewest[i - 1, j - 2])
            fewest[i, j] = min(ways)
    return fewest[len(said), len(heard)]


def _ordinal(written: str, language: str) -> str:
    return f" {num2words(int(re.match(r'[0-9]+', written).group()), lang=language, to='ordinal')} "
