"""The check of a whole store by sets, alone in a process: ``python -m bench.checking FOLDER``."""

import sys
from pathlib import Path

from bilateral.build import setwise
from bilateral.project import Project

if __name__ == "__main__":
    setwise.validate_folder(Path(sys.argv[1]), Project.installed().data_shapes)
