# Lockstep. `make demo` shows it, `make test` proves it. Needs Debian 12 and the Swift 6.3 toolchain;
# everything else is installed here.

SWIFT ?= swift
# The instruction level of this machine, overridable: make LEVEL=x86-64-v2
LEVEL ?= $(shell if grep -qw avx512vl /proc/cpuinfo; then echo x86-64-v4; \
	elif grep -qw avx2 /proc/cpuinfo && grep -qw fma /proc/cpuinfo; then echo x86-64-v3; \
	else echo x86-64-v2; fi)
FLAGS = -c release -Xcc -march=$(LEVEL)
SUDO = $(shell [ "$$(id -u)" = 0 ] || echo sudo)
PACKAGES = build-essential pkg-config libmodbus-dev libserialport-dev libtomlplusplus-dev libsqlite3-dev mbpoll

.PHONY: demo build test interop bench studies verification safety-case format dependencies clean \
	prove prove-kills prove-mutants prove-fuzz prove-soak mutants fuzz soak

demo: build
	.build/release/lockstep demo

build: dependencies
	$(SWIFT) build $(FLAGS)

test: dependencies
	$(SWIFT) build $(FLAGS) --build-tests
	$(SWIFT) test $(FLAGS) --skip-build
	.build/release/lockstep-prove coverage

# The long proofs of Safety and Guard, some four hours; each can be run alone, and goes on where it was
# stopped. What they find stands in fixtures/proofs; see bench-docs/proofs.md.
PROVE = .build/release/lockstep-prove
prove: prove-kills prove-mutants prove-fuzz prove-soak

prove-kills prove-soak: dependencies
	$(SWIFT) build $(FLAGS) --build-tests
	$(PROVE) $(@:prove-%=%) $(ARGS)

prove-mutants prove-fuzz: dependencies
	$(SWIFT) build $(FLAGS) --product lockstep-prove
	$(PROVE) $(@:prove-%=%) $(ARGS)

mutants: prove-mutants
fuzz: prove-fuzz
soak: prove-soak

# Our driver against pymodbus' servers. Makes pymodbus' environment itself, or uses one:
# make interop PYMODBUS=/path/to/python
PYMODBUS ?= .build/interop-venv/bin/python
interop: PACKAGES += python3-venv
interop: build
	@test -x "$(PYMODBUS)" || { python3 -m venv .build/interop-venv && \
	  .build/interop-venv/bin/pip install -q pymodbus==3.16.1 pyserial; }
	"$(PYMODBUS)" fixtures/interop/pymodbus_probe.py .build/release/lockstep

# Speed beside PyBaMM's and PyBOP's: about eight minutes on a quiet machine. Makes their environment
# itself, or uses one with both: make bench PYBAMM=/path/to/python
PYBAMM ?= .build/bench-venv/bin/python
bench: PACKAGES += python3-venv
bench: dependencies
	$(SWIFT) build $(FLAGS) --product lockstep-bench
	$(SWIFT) build $(FLAGS) --product lockstep
	@"$(PYBAMM)" -c "import pybop" 2>/dev/null || { python3 -m venv .build/bench-venv && \
	  .build/bench-venv/bin/pip install -q pybamm==26.10.1.1 pybop==26.3 numpy; }
	"$(PYBAMM)" fixtures/pybamm/bench/speed.py .build/bench-pybamm.json
	"$(PYBAMM)" fixtures/pybamm/bench/fit.py .build/bench-pybop.json .build/release/lockstep
	.build/release/lockstep-bench --pybamm .build/bench-pybamm.json \
	  --pybop .build/bench-pybop.json --page bench-docs/speed.md

# Every figure of bench-docs/validation.md, resume-study.md, shadow.md, identification-study.md and
# charging-study.md: some two hours on a machine that does nothing else. With RECORDS=folder of records of
# real cells, bench-docs/shadow-records.md and record-choice.md too.
CHOICE = negative_electrode.reaction_rate_constant,negative_electrode.diffusivity,$\
	positive_electrode.diffusivity,electrolyte.diffusivity,cell.contact_resistance,$\
	negative_electrode.active_fraction,positive_electrode.active_fraction,lithium_inventory
studies: build
	.build/release/lockstep shadow-study --first 101 --last 120 --out bench-docs/shadow.md
	.build/release/lockstep identification-study --first 101 --last 150 --rivals 10 --mismatched 50 --out bench-docs/identification-study.md
	.build/release/lockstep charging-study --first 101 --last 120 --margins 2 --out bench-docs/charging-study.md
	.build/release/lockstep demo-study --first 101 --last 120 --out bench-docs/validation.md
	.build/release/lockstep resume-study --seed 101 --kills 20 --draw 101 --out bench-docs/resume-study.md
	@if [ -n "$(RECORDS)" ]; then .build/release/lockstep record-study --records "$(RECORDS)" \
	  --out bench-docs/shadow-records.md && \
	  .build/release/lockstep choice-study --first 101 --last 112 --cell lg-m50 --choose 2 \
	  --parameters "$(CHOICE)" $(foreach r,$(wildcard $(RECORDS)/lg-m50-wmg-ratetest/*.bdf.csv \
	  $(RECORDS)/lg-m50-warwick/Cell78*.bdf.csv),--data "$(r)") --out bench-docs/record-choice.md; fi

# Every figure of bench-docs/verification.md: ten seconds.
verification: build
	.build/release/lockstep verify --out bench-docs/verification.md

# bench-docs/safety-case.md: promises, the tests that carry them, figures of fixtures/proofs.
safety-case: build
	.build/release/lockstep safety-case --sources . --out bench-docs/safety-case.md

format:
	$(SWIFT) format --in-place --recursive Sources Tests Package.swift

dependencies:
	@missing=""; for p in $(PACKAGES); do \
	  dpkg-query -W -f='$${Status}' $$p 2>/dev/null | grep -q 'ok installed' || missing="$$missing $$p"; done; \
	if [ -n "$$missing" ]; then echo "installing:$$missing"; \
	  $(SUDO) apt-get update -qq && \
	  DEBIAN_FRONTEND=noninteractive $(SUDO) apt-get install -y -qq --no-install-recommends $$missing; fi

clean:
	rm -rf .build
