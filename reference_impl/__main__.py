"""``python -m reference_impl serve`` starts the service without the rest of the project's command line."""

from reference_impl.commands import main

if __name__ == "__main__":
    main()
