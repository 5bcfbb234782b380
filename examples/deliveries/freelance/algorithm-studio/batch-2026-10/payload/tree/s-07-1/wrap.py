"""Word wrapping without a library."""


def wrap(text: str, width: int) -> list[str]:
    """Lines of at most `width` characters; a longer word is cut."""
    if width < 1:
        raise ValueError("a line holds at least one character")
    lines: list[str] = []
    current = ""
    for word in text.split():
        while word:
            room = width - len(current) - (1 if current else 0)
            if len(word) <= room:
                current = f"{current} {word}" if current else word
                break
            if current:
                lines.append(current)
                current = ""
            else:
                lines.append(word[:width])
                word = word[width:]
    return [*lines, current] if current else lines
