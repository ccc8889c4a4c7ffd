"""`python -m rusq` is `rusq`."""

from rusq.cli import run

if __name__ == "__main__":
    run()
