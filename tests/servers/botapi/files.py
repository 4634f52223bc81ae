"""Uploaded files: what kind of picture it is, how large, and the file_id under which it can be sent again."""

from dataclasses import dataclass, field

from .calls import ATTACHED, Call, Upload
from .refusals import bad_request, cannot
from .shapes import JsonObject

PHOTO_BYTES = 10 * 1024 * 1024
FILE_BYTES = 50 * 1024 * 1024
PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8"
# Start-of-frame markers carry the size; 0xC4, 0xC8 and 0xCC in the same range are something else.
JPEG_FRAMES = set(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file the server has. `content` is empty in a lean server; `size` is right all the same."""

    file_id: str
    content: bytes
    size: int
    name: str
    content_type: str
    width: int = 0
    height: int = 0

    @property
    def unique_id(self) -> str:
        return self.file_id.replace("FILE", "UNIQUE")


@dataclass(slots=True)
class Files:
    """All files ever uploaded, by file_id."""

    lean: bool = False
    stored: dict[str, StoredFile] = field(default_factory=dict)
    count: int = 0

    def of(self, call: Call, parameter: str) -> StoredFile:
        """The file a call sends: an upload, or one sent before by its file_id."""
        upload = call.upload(parameter)
        if upload is not None:
            return self.store(upload, parameter)
        given = call.text(parameter)
        if given.startswith(ATTACHED) or not given:
            raise bad_request(f"there is no {parameter} in the request")
        if given.startswith(("http://", "https://")):
            raise cannot("fetch a file from a URL")
        if given not in self.stored:
            raise bad_request("wrong remote file identifier specified: Wrong string length")
        return self.stored[given]

    def store(self, upload: Upload, parameter: str) -> StoredFile:
        _check_size(upload, PHOTO_BYTES if parameter == "photo" else FILE_BYTES)
        width, height = picture_size(upload.content) if parameter == "photo" else (0, 0)
        self.count += 1
        file_id = f"FILE{self.count:08d}"
        content = b"" if self.lean else upload.content
        size = len(upload.content)
        stored = StoredFile(file_id, content, size, upload.filename, upload.content_type, width, height)
        self.stored[file_id] = stored
        return stored


def _check_size(upload: Upload, limit: int) -> None:
    if not upload.content:
        raise bad_request("file must be non-empty")
    if len(upload.content) > limit:
        raise bad_request(f"file of size {len(upload.content)} bytes is too big")


def picture_size(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG or JPEG; refused is anything else, and shapes Telegram does not take."""
    if content.startswith(PNG):
        width, height = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
    elif content.startswith(JPEG):
        width, height = _jpeg_size(content)
    else:
        raise bad_request("IMAGE_PROCESS_FAILED")
    if min(width, height) < 1 or width + height > 10_000 or max(width, height) > 20 * min(width, height):
        raise bad_request("PHOTO_INVALID_DIMENSIONS")
    return width, height


def _jpeg_size(content: bytes) -> tuple[int, int]:
    at = 2
    while at + 9 < len(content):
        if content[at + 1] in JPEG_FRAMES:
            return int.from_bytes(content[at + 7 : at + 9], "big"), int.from_bytes(
                content[at + 5 : at + 7], "big"
            )
        at += 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    raise bad_request("IMAGE_PROCESS_FAILED")


def photo_sizes(stored: StoredFile) -> list[JsonObject]:
    """A thumbnail and the photo itself, smallest first as the real server lists them."""
    small = {
        "file_id": f"{stored.file_id}s",
        "file_unique_id": f"{stored.unique_id}s",
        "width": 90,
        "height": 67,
    }
    full = {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "width": stored.width,
        "height": stored.height,
        "file_size": stored.size,
    }
    return [small, full]


def document(stored: StoredFile) -> JsonObject:
    return {
        "file_id": stored.file_id,
        "file_unique_id": stored.unique_id,
        "file_name": stored.name,
        "mime_type": stored.content_type,
        "file_size": stored.size,
    }
