# Everything happens in core/bootstrap.py, with Python's standard library: this file only knows the verbs.
#   make run [PORT=8001]          set up, start database, web and worker, print the address; Ctrl-C stops them
#   make demo-reset               make the local database anew, with its demo data
#   make test [ARGS="-k words"]   every test; CHROMIUM=/path names the browser, TEST_WORKERS=4 the processes
#   make check                    format, lint, types, arrows between the rooms, translations
#   make bench                    the benchmarks
#   make shell-env                the running product's variables, for: eval "$$(make -s shell-env)"
#   make lock                     choose versions anew and write core/locks

PYTHON ?= python3

.PHONY: run demo-reset test check bench shell-env lock set-up set-up-tests set-up-production
run demo-reset test check bench shell-env lock set-up set-up-tests set-up-production:
	@$(PYTHON) core/bootstrap.py $@
