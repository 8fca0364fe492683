# shellcheck shell=bash
# Read by packaging/run and packaging/test: installs, configures and builds.
# PARE_LIBTORCH=DIR builds against the LibTorch in DIR, in a build folder of its own.

root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jobs=$(nproc)
# A clone elsewhere finds what this one has compiled.
export CCACHE_BASEDIR=$root CCACHE_NOHASHDIR=1

# build_folder PRESET: where that preset is built.
build_folder() {
    if [[ -n ${PARE_LIBTORCH:-} ]]; then
        echo "$root/build/$1-$(printf %s "$PARE_LIBTORCH" | sha256sum | cut -c1-8)"
    else
        echo "$root/build/$1"
    fi
}

# build PRESET [TARGET…]: no target builds everything. The folder stands in $build afterwards.
build() {
    local preset=$1
    shift
    if [[ -n ${PARE_LIBTORCH:-} ]]; then
        [[ -f $PARE_LIBTORCH/share/cmake/Torch/TorchConfig.cmake ]] || {
            echo "PARE_LIBTORCH=$PARE_LIBTORCH: holds no share/cmake/Torch/TorchConfig.cmake" >&2
            exit 1
        }
        PARE_LIBTORCH=$(cd "$PARE_LIBTORCH" && pwd)
    fi
    build=$(build_folder "$preset")

    "$root/packaging/install"

    mkdir -p "$build"
    local log=$build/configure.log
    # From the source folder: that is where CMake looks for presets.
    (cd "$root" && cmake --preset "$preset" -B "$build" -DPARE_LIBTORCH="${PARE_LIBTORCH:-}") >"$log" 2>&1 || {
        cat "$log" >&2
        exit 1
    }
    echo "Building in $build; the first time takes some minutes."
    cmake --build "$build" --parallel "$jobs" ${1:+--target "$@"}
}
