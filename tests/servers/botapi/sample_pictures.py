"""Pictures that are nothing but a header: enough for a server that looks at kind and size."""

import struct
import zlib


def png(width: int = 640, height: int = 480) -> bytes:
    """The smallest picture with this size in its header."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + header
    return b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))


def jpeg(width: int = 640, height: int = 480) -> bytes:
    """A comment before the frame header, as cameras write it."""
    comment = b"\xff\xfe" + struct.pack(">H", 6) + b"tare"
    frame = b"\xff\xc0" + struct.pack(">HBHHB", 17, 8, height, width, 3) + bytes(9)
    return b"\xff\xd8" + comment + frame
