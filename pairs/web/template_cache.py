"""Templates compiled once and kept on disk: compiling all of them takes four seconds, reading them a tenth of one."""

import hashlib
import logging
from collections.abc import Iterable
from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

log = logging.getLogger(__name__)


class TemplateBytecodeCache(jinja2.FileSystemBytecodeCache):
    """Jinja's own cache in a folder of ours. Jinja compares each template's text; we keep a folder for each compiler.

    A folder that may only be read (a container's) is no fault: what is not there is compiled as if there were no cache.
    """

    def dump_bytecode(self, bucket: Bucket) -> None:
        try:
            super().dump_bytecode(bucket)
        except OSError as error:
            log.debug("A compiled template is not kept: %s", error)


def open_template_cache(folder: Path, *, made_by: Iterable[Path]) -> TemplateBytecodeCache | None:
    """The cache in a folder named for Jinja's version and the texts of the modules that set the compiler up.

    None when the folder is not there and cannot be made.
    """
    texts = (jinja2.__version__.encode(), *(each.read_bytes() for each in made_by))
    maker = hashlib.sha256(b"".join(texts)).hexdigest()[:12]
    try:
        (folder / maker).mkdir(parents=True, exist_ok=True)
    except OSError:
        return None
    return TemplateBytecodeCache(str(folder / maker))
