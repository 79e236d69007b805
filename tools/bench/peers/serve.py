"""What every peer of strand-bench does: reads a case a line from standard input, answers with one repetition's seconds."""
import json
import sys
import time


def serve(name, make_case):
    """`make_case(case)` sets a case up; its `run()` is one repetition. A new case is warmed up once."""
    print(json.dumps({"name": name}), flush=True)
    line_of_case, case = None, None
    for line in sys.stdin:
        if line != line_of_case:
            line_of_case, case = line, make_case(json.loads(line))
            case.run()
        start = time.perf_counter()
        case.run()
        print(json.dumps({"seconds": time.perf_counter() - start}), flush=True)
