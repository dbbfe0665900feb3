from core.testing.law_cases import law_tests
from plugins.no_introduction.law import rule_sets

test_a_case_is_answered_as_it_says, test_the_cases_reach_every_rule = law_tests(rule_sets())
