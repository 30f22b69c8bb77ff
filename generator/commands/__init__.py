"""One module for each command: `add_options(parser)` and `run(options) -> exit code`."""
