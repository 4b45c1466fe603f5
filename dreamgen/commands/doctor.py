"""``dreamgen doctor``: what this machine has, what would run, what is missing and how to get it."""

from argparse import Namespace


def add(commands) -> None:
    parser = commands.add_parser("doctor", help="report devices, backends, versions, priors, licences",
                                 description="Report what is here, what would run, what is missing and how to get it.")
    parser.add_argument("--json", action="store_true", help="for programs and bug reports")
    parser.set_defaults(call=call)


def call(args: Namespace) -> None:
    from ..tools import doctor
    found = doctor.examine()
    for line in [doctor.as_json(found)] if args.json else doctor.as_text(found):
        print(line, flush=True)
