# Everything: `make demo` and `make test`. Needs a Swift 6.1 toolchain or later.

STRAND = .build/release/strand

# What manifests of runs name: see Package.swift.
export STRAND_COMMIT := $(shell git rev-parse HEAD 2>/dev/null)$(shell git diff --quiet HEAD 2>/dev/null || echo +)

.PHONY: build static check-static library install-library wheel check-wheel check-pages check-server release manual completions install uninstall demo test \
	lint format libraries help-fixtures golden check-torch check-onnx bench fuzz benchmark robustness test-workflows model model-ink experiments docs clean

build: libraries
	swift build -c release --product strand

# One file for any Linux of this processor, with the libraries inside; and its proof in a root folder that holds no other.
static:
	sh tools/install/static.sh

check-static: static
	sh tools/install/check_static.sh .build/strand-static

# make install PREFIX=$$HOME/.local: the static program, its manual (man strand-label) and completions for bash, zsh and fish.
PREFIX = /usr/local
install: static manual completions
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/man/man1
	install -m 755 .build/strand-static $(DESTDIR)$(PREFIX)/bin/strand
	install -m 644 .build/man1/*.1 $(DESTDIR)$(PREFIX)/share/man/man1
	install -D -m 644 .build/completions/strand.bash $(DESTDIR)$(PREFIX)/share/bash-completion/completions/strand
	install -D -m 644 .build/completions/strand.zsh $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_strand
	install -D -m 644 .build/completions/strand.fish $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/strand.fish

uninstall:
	rm -f $(DESTDIR)$(PREFIX)/bin/strand $(DESTDIR)$(PREFIX)/share/man/man1/strand.1 \
	    $(DESTDIR)$(PREFIX)/share/man/man1/strand-*.1 $(DESTDIR)$(PREFIX)/share/bash-completion/completions/strand \
	    $(DESTDIR)$(PREFIX)/share/zsh/site-functions/_strand \
	    $(DESTDIR)$(PREFIX)/share/fish/vendor_completions.d/strand.fish

# The C interface: libstrand with the models inside, its header, and what pkg-config says of them.
library:
	sh tools/install/library.sh

install-library: library
	install -d $(DESTDIR)$(PREFIX)/lib/pkgconfig $(DESTDIR)$(PREFIX)/include
	install -m 755 .build/libstrand.so $(DESTDIR)$(PREFIX)/lib/libstrand.so.1
	ln -sf libstrand.so.1 $(DESTDIR)$(PREFIX)/lib/libstrand.so
	install -m 644 Sources/CStrand/include/strand.h $(DESTDIR)$(PREFIX)/include/strand.h
	sh tools/install/pkg_config.sh $(PREFIX) >$(DESTDIR)$(PREFIX)/lib/pkgconfig/strand.pc

# The Python package, and its tests in a virtual environment that has numpy alone.
wheel: library static
	sh tools/install/wheel.sh

check-wheel: wheel
	sh tools/install/check_wheel.sh

# dist/: program, wheel, completions, manual, bill of materials, SHA256SUMS.
release: wheel manual completions
	sh tools/install/release.sh

# The pages in Chromium; the server under load and abuse (tools/server/README.md).
check-pages: build
	sh tools/browser/check.sh $(STRAND)

check-server: build
	$(PYTHON) tools/server/check.py $(STRAND) $(PARTS)

manual: libraries
	sh tools/install/manual.sh

completions: build
	@mkdir -p .build/completions
	@for shell in bash zsh fish; do \
	    $(STRAND) --generate-completion-script $$shell >.build/completions/strand.$$shell || exit 1; done

# Labels real proteins with the shipped model, measures it on two structures, and reads handwriting.
demo: build
	$(STRAND) label --format blocks data/examples/proteins.fasta
	$(STRAND) evaluate data/examples/structures.ssfa
	$(STRAND) read --lm --plot .build/handwriting.svg data/examples/handwriting.jsonl.gz
	@echo "the ink with its characters: .build/handwriting.svg"

# Release mode: the kernels are C, and slow without optimisation.
test: libraries
	swift test -c release --disable-xctest

SWIFT = Sources Tests Package.swift $(foreach tool,bench fuzz,tools/$(tool)/Sources tools/$(tool)/Package.swift)
lint:
	swift format lint --strict -r -p $(SWIFT)
	sh tools/lint/c.sh
	sh tools/lint/python.sh
	sh tools/packaging/check.sh --quick

format:
	swift format -i -r -p $(SWIFT)

# The headers of libz and libexpat, the libraries that are not in the toolchain.
libraries:
	@sh tools/install/libraries.sh

# The help texts that tests compare with: run after a wanted change and read the difference.
help-fixtures: build
	sh tools/make-help.sh $(STRAND)

# Golden numbers from PyTorch, jiwer and scikit-learn, and the check of model files with the real packages; PYTHON has
# torch, safetensors, jiwer, scikit-learn and scipy.
PYTHON = python3
golden:
	$(PYTHON) tools/reference/recurrent_golden.py Tests/StrandNetworkTests/Fixtures
	$(PYTHON) tools/reference/error_rates_golden.py Tests/StrandMetricsTests/Fixtures/error_rates.json
	$(PYTHON) tools/reference/metrics_golden.py Tests/StrandMetricsTests/Fixtures/metrics.json

check-torch: build
	$(PYTHON) tools/reference/check_model_files.py $(STRAND)

# What `strand export` writes, in ONNX Runtime; PYTHON has numpy, safetensors, onnx and onnxruntime.
check-onnx: build
	$(PYTHON) tools/reference/check_onnx.py $(STRAND)

# Strand and its peers in turn; PYTHON has torch, onnx and onnxruntime.
bench:
	swift build -c release --product strand
	cd tools/bench && swift build -c release && .build/release/strand-bench \
	    --python $(PYTHON) $(if $(PROTEOME),--proteome $(abspath $(PROTEOME))) $(if $(JSON),--json $(abspath $(JSON)))

# Every reader on mutated bytes, under AddressSanitizer: tools/fuzz/README.md. SECONDS for each target; TARGET: these alone.
SECONDS = 60
JOBS = 1
fuzz: libraries
	cd tools/fuzz && swift build -c release --sanitize address --sanitize fuzzer -Xswiftc -assert-config -Xswiftc Debug \
	    -Xswiftc -sanitize-coverage=edge,inline-8bit-counters,pc-table,trace-cmp,indirect-calls
	sh tools/fuzz/run.sh $(SECONDS) $(JOBS) $(TARGET)

# The figures of the shipped models on public benchmarks, and the tables of docs/accuracy.md: tools/benchmarks/README.md.
# MIRROR: a folder of converted sets in place of the network. CHECK=1: compares and writes nothing.
benchmark: build
	$(PYTHON) tools/benchmarks/run.py --page docs/accuracy.md $(if $(MIRROR),--mirror $(MIRROR)) $(if $(CHECK),--check)

# Error rates on handwriting that comes as it should not: jitter, lost points, cut strokes, late words, pages. INK: files.
robustness: build
	$(PYTHON) tools/robustness/robustness.py $(STRAND) $(INK)

# Snakemake and Spark over many records: tools/workflows/README.md. PYTHON has snakemake and pyspark; what is missing is
# skipped.
test-workflows: build
	$(PYTHON) tools/workflows/test_sizing.py
	$(PYTHON) tools/workflows/snakemake/test_snakemake.py
	$(PYTHON) tools/workflows/spark/test_spark.py

# The shipped models, from the development data. DATA, MORE, LABELS: see tools/train/protein.sh; UNIPEN: see tools/train/ink.sh;
# TEXT: see tools/train/english.sh.
model: build
	sh tools/train/protein.sh $(DATA) $(MORE) $(LABELS)

model-ink: build
	sh tools/train/ink.sh $(UNIPEN)
	sh tools/train/english.sh $(TEXT)

# What the article "How a network remembers" shows: four hours on two cores, from the development data.
experiments: build
	sh tools/experiments/run.sh

# The documentation of the library as a website in .build/docs; BASE: the path a server will show it below, such as /strand.
docs: libraries
	sh tools/docs/build.sh $(BASE)

clean:
	rm -rf .build
