"""The rule set of the miniature is reached by its cases, as a stranger's would have to be."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from seminars.law.room import RULE_SET

from core.testing.law_cases import law_tests

test_a_case_is_answered_as_it_says, test_the_cases_reach_every_rule = law_tests([RULE_SET])
