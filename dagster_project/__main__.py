"""`python -m dagster_project`: the command `egov` where it is not installed. Nothing else belongs here."""

from .cli import main

if __name__ == "__main__":
    main()
