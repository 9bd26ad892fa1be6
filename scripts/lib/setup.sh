# SPDX-License-Identifier: GPL-2.0-or-later
# shellcheck shell=sh disable=SC2034,SC2154 # the lists are used, and $root is set, by the scripts that source this
# Sourced by the scripts beside this folder, after they have set $root. The one list of Debian packages, and the
# functions that bring a machine from bare to built. docs/dependencies.md says what each library is for.

build_packages="cmake ninja-build gcc g++ libc6-dev pkg-config libglib2.0-dev libsqlite3-dev libxapian-dev libutf8proc-dev
  libstemmer-dev libxml2-dev libarchive-dev zlib1g-dev libbz2-dev liblzma-dev libzstd-dev libbrotli-dev libjansson-dev libuchardet-dev
  libgmime-3.0-dev libgoogle-perftools-dev"
test_packages="libcriterion-dev sqlite3 xapian-tools"
measure_packages="python3 sqlite3"
measure_containers_packages="zstd"
measure_index_packages="xapian-omega"
measure_shards_packages="xapian-tools"

say() {
  printf '== %s\n' "$*"
}

fail() {
  printf '%s: %s\n' "$(basename "$0")" "$*" >&2
  exit 2
}

# Those of "$@" that dpkg does not call installed.
missing_packages() {
  for package; do
    case " $(dpkg-query -W -f='${db:Status-Status} ' "$package" 2>/dev/null)" in
      *" installed "*) ;; # and not "not-installed": one that dpkg has only heard of
      *) printf '%s ' "$package" ;;
    esac
  done
}

as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null 2>&1; then
    sudo "$@"
  else
    fail "this needs root and there is no sudo; as root, run: $*"
  fi
}

# Without dpkg's line for each package; what goes wrong is still said.
apt_install() {
  as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" >/dev/null
}

# The lists of packages are fetched when there are none, or when those there are lead nowhere.
apt_install_fetching() {
  if apt-cache show "$1" >/dev/null 2>&1 && apt_install "$@"; then
    return
  fi
  say "fetching the lists of packages: apt-get update"
  as_root apt-get update -q >/dev/null
  apt_install "$@"
}

# Installs what is missing of the packages "$@"; says so, and is silent when all is there.
ensure_packages() {
  if ! command -v dpkg-query >/dev/null 2>&1 || ! command -v apt-get >/dev/null 2>&1; then
    say "no apt-get here: going on as if these Debian packages, or their like, were installed: $*"
    return
  fi
  missing=$(missing_packages "$@")
  if [ -n "$missing" ]; then
    say "installing with apt-get (this may take a minute): $missing"
    # shellcheck disable=SC2086 # a list of names
    apt_install_fetching $missing
  fi
}

# Configures and builds preset $1, quietly unless it fails; more arguments go to the build.
build_preset() {
  preset=$1
  shift
  say "building in build/$preset"
  mkdir -p "$root/build"
  (cd "$root" && cmake --preset "$preset") >"$root/build/$preset-configure.log" 2>&1 || {
    cat "$root/build/$preset-configure.log" >&2
    fail "could not configure; the messages are above"
  }
  (cd "$root" && cmake --build --preset "$preset" "$@") || fail "could not build; the messages are above"
}
