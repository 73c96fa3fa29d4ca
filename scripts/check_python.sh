#!/bin/sh
# check_python.sh PYTHON: tests the installed wheel from another directory, so that the sources cannot stand in for it.
set -eu
root=$(cd "$(dirname "$0")/.." && pwd)
python=$1
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
cd "$scratch"
"$python" -m pytest -c "$root/python/pyproject.toml" --rootdir "$root/python" "$root/python/tests"
"$python" -m mypy.stubtest nutgraf
"$python" -m mypy --strict --no-error-summary --cache-dir "$scratch/mypy" "$root/python/tests/typed.py"
"$python" "$root/scripts/check_wheel.py" "$root"/build/wheels/*.whl
