"""script/bench report: what a month's report costs, by step."""

import argparse
import gc
import json
import resource
import subprocess
import sys
import time
from collections import defaultdict

from script.local.bench_counting import measure_counting
from script.local.bench_cpu import measure_own_cpu
from script.local.bench_record import Figure, conclude_run
from script.local.bench_servers import add_state_option, start_seeded_servers
from script.local.budgets import FIGURE_BUDGETS
from script.local.state_folder import ROOT

DESCRIPTION = """\
Builds the newest month's report, with its quarter and its year, as the worker would: CPU seconds of counting (Python
and PostgreSQL), protecting small numbers of all periods together, drawing tables, HTML and PDF. Nothing is filed.
Then the month's counting beside its own statements, what the nightly summary costs, and 24 months counted directly
beside it, cell by cell. Compares with the last run; fails over a budget.
"""


def main(arguments):
    options = parse_arguments(arguments)
    if options.measure:
        print(json.dumps(measure_report()))
        return
    with start_seeded_servers(options.state, families=options.families) as run:
        command = [sys.executable, "-m", "script.local.bench_report", "--measure"]
        env = run.environment() | {"DJANGO_SETTINGS_MODULE": "config.settings"}
        done = subprocess.run(command, cwd=ROOT, env=env, check=True, stdout=subprocess.PIPE, text=True)
    found = json.loads(done.stdout.splitlines()[-1])
    conclude_run("report", [Figure(name, value, FIGURE_BUDGETS.get(name)) for name, value in found.items()])


def parse_arguments(arguments):
    parser = argparse.ArgumentParser(prog="script/bench report", description=DESCRIPTION)
    parser.add_argument("--families", type=int, default=600, help="made up (600)")
    parser.add_argument("--measure", action="store_true", help=argparse.SUPPRESS)
    add_state_option(parser)
    return parser.parse_args(arguments)


class StepClock:
    """CPU seconds by step: what passes until the next begins is the step's that has begun."""

    def __init__(self, now):
        self.now, self.step, self.spent = now, None, defaultdict(float)

    def begin(self, step: str | None) -> None:
        moment = self.now()
        if self.step:
            self.spent[self.step] += moment - self.since
        self.step, self.since = step, moment


def measure_report() -> dict[str, float]:
    """{figure: CPU seconds}; loading the renderer is a step of its own, since a worker does it once."""
    import django

    django.setup()
    gc.freeze()  # as the worker does (config/celery.py): what was loaded by now is never searched for garbage
    from django.db import connection
    from django.template.loader import render_to_string
    from django.utils import timezone

    from reporting.evidence import snapshot
    from reporting.evidence.paper import arrange_paper
    from reporting.evidence.rules import get_newest_month_due

    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    clock = StepClock(lambda: measure_cpu_with_children() + measure_own_cpu(backend))
    month = get_newest_month_due(timezone.localdate())
    made = snapshot.build_snapshot(month, said=lambda per_cent, stage: clock.begin(get_step_name(stage)))
    made = arrange_paper(made | {"asked_by": "the bench", "made_on": ""})
    clock.begin("loading the PDF renderer")
    from pairs.documents import pdf
    from reporting.evidence.documents import REPORT

    clock.begin("HTML")
    render_to_string(REPORT.pdf_template, {"paper": made})
    clock.begin("PDF")
    pdf.render_document(REPORT, made)
    clock.begin(None)
    return build_report_figures(clock.spent) | measure_counting(month)


def measure_cpu_with_children() -> float:
    """Seconds of this process and of those it waited for: a PDF is drawn in one of its own."""
    children = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.process_time() + children.ru_utime + children.ru_stime


def get_step_name(stage: str) -> str:
    """The step that the report's own words about its progress begin: counting, protecting, drawing."""
    return stage.split()[0].lower()


def build_report_figures(spent: dict[str, float]) -> dict[str, float]:
    """{figure: CPU seconds}. The PDF is made from the HTML, which is made once more for it: taken off again."""
    steps = dict(spent) | {"PDF": max(0, spent["PDF"] - spent["HTML"])}
    found = {f"report: {step}, CPU s": seconds for step, seconds in steps.items()}
    return found | {"report: all steps, CPU s": sum(steps.values())}


if __name__ == "__main__":
    main(sys.argv[1:])
