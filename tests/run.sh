#!/bin/sh
# run.sh: installs what is missing, builds twice (as shipped, and under the address and undefined-behaviour sanitizers),
# runs every test, and ends with the plain count of the real results.
set -u
top=$(cd "$(dirname "$0")/.." && pwd)
cd "$top" || exit 1
export CAM_SETUP_TESTS=1

sh src/setup.sh build || exit 1
# Lines are all that a report of a sanitizer names: the rest of what a debugger wants to know takes a sixth of the time.
sh src/setup.sh build-sanitized -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1 -Ddebug=false -Dc_args=-g1 || exit 1

# Old results must not be taken for those of this run.
rm -f build/meson-logs/testlog.* build-sanitized/meson-logs/testlog.*

# Scripts that drive the window wait for it most of their time: one more than there are processors keeps these busy.
echo "Testing the build as shipped"
meson test -C build --no-rebuild --num-processes "$(($(nproc) + 1))" --print-errorlogs --timeout-multiplier 3
shipped=$?

# The end-to-end scripts time the window, so they run on the build as shipped only.
echo "Testing the sanitized build"
suppressions=$top/tests/sanitizers
# Libraries come without frame pointers: only the slow unwinder sees who called malloc() there, which tells their leaks from ours.
ASAN_OPTIONS=detect_leaks=1:fast_unwind_on_malloc=0:malloc_context_size=10:detect_stack_use_after_return=1:allocator_may_return_null=1 \
LSAN_OPTIONS=suppressions=$suppressions/leaks.supp:print_suppressions=0 \
UBSAN_OPTIONS=print_stacktrace=1:halt_on_error=1 \
meson test -C build-sanitized --no-rebuild --print-errorlogs --timeout-multiplier 6 --no-suite ui --no-suite count
sanitized=$?

exec python3 tests/count.py build=$shipped build-sanitized=$sanitized
