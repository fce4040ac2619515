"""Files that are pictures only in name: found by their structure, before any decoder runs.

Decoders walk a file piece by piece, and scan by scan over the whole picture, so a small
file of very many pieces keeps them busy for minutes. No camera writes such files.
"""

import re

# What cameras write: some 10 scans (progressive), some 50 segments, 8 KB or more per chunk.
_MAX_SCANS = 100
_MAX_SEGMENTS = 2000
_MAX_FILLING = 64  # bytes before a marker
_MAX_CHUNKS = 20_000

_JPEG, _PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")  # neither stuffing nor restart
_STRETCH = 256 * 1024  # bytes searched at a time: a search lets no other thread run
_SCAN, _END = 0xDA, 0xD9  # the second bytes of the markers

_ZIP_END = b"PK\x05\x06"
_ZIP_END_BYTES = 22  # and a comment of at most 64 KB behind


def is_archive(data: bytes) -> bool:
    """Tell whether the file is also a ZIP archive: a picture with another meaning behind it."""
    tail = data[-(_ZIP_END_BYTES + 0xFFFF) :]
    found = tail.rfind(_ZIP_END)
    comment = int.from_bytes(tail[found + 20 : found + 22], "little")
    return found >= 0 and found + _ZIP_END_BYTES + comment == len(tail)


def keeps_decoders_busy(data: bytes) -> bool:
    """Tell whether the file has far more pieces than any picture needs."""
    if data.startswith(_JPEG):
        return _has_endless_segments(data)
    return data.startswith(_PNG) and _has_endless_chunks(data)


def _has_endless_segments(data: bytes) -> bool:
    scans = 0
    position = len(_JPEG)
    for _ in range(_MAX_SEGMENTS):
        found = _marker(data, position)
        if found is None or data[found + 1] == _END:
            return False
        if scans == 0 and found - position > _MAX_FILLING:
            return True
        scans += data[found + 1] == _SCAN
        if scans > _MAX_SCANS:
            return True
        position = found + 2 + int.from_bytes(data[found + 2 : found + 4], "big")
    return True


def _marker(data: bytes, position: int) -> int | None:
    for start in range(position, len(data), _STRETCH):
        if found := _MARKER.search(data, start, start + _STRETCH + 1):
            return found.start()
    return None


def _has_endless_chunks(data: bytes) -> bool:
    position = len(_PNG)
    for _ in range(_MAX_CHUNKS):
        if position >= len(data):
            return False
        position += 12 + int.from_bytes(data[position : position + 4], "big")  # length, name, sum
    return True
