"""`langagent worker`."""


def command() -> None:
    """Run the product's background process."""
    from langagent.worker import main

    main()
