#!/usr/bin/env bash
# One enclave, known by its name: start, stop, status, or keep it running (what occ-enclave.service does).
# deploy.sh reads this file for its functions. Needs nitro-cli and flock; no jq.
set -euo pipefail

usage() {
  cat <<'USAGE'
Usage: enclave.sh start | stop | status | keep
  start   runs the deployed image, unless the enclave is running
  stop    terminates the enclave
  status  says what is running; exit code 3 if nothing is
  keep    starts it whenever it is not running, until ended
Settings, by environment or in enclave.env (defaults in brackets):
  OCC_STATE [/var/lib/occ]  ENCLAVE_NAME [occ]  ENCLAVE_CPU [2]  ENCLAVE_MEM [1024]  ENCLAVE_CID [16]
  OCC_CONFIG [/etc/occ], the folder of enclave.env
USAGE
}

# Reads settings that the environment does not have from a file in systemd's form, where a name's last line counts.
# Nothing else of the file gets into the environment, and none of it is run: keys may stand there.
load_settings() { # FILE NAME…
  local file=$1 name value
  shift
  [ -e "$file" ] || return 0
  if [ ! -r "$file" ]; then
    printf '%s: %s cannot be read by this account; its settings are not used\n' "${0##*/}" "$file" >&2
    return 0
  fi
  for name in "$@"; do
    [ -z "${!name+set}" ] || continue
    value=$(sed -n "s/^[[:space:]]*${name}[[:space:]]*=[[:space:]]*//p" "$file" | tail -n 1)
    value=${value%"${value##*[![:space:]]}"}
    case $value in \"*\" | \'*\') value=${value:1:${#value}-2} ;; esac
    [ -z "$value" ] || printf -v "$name" '%s' "$value"
  done
}

# The units read the same files. Without this, one run with the settings and the next without would replace a
# healthy enclave.
OCC_CONFIG=${OCC_CONFIG:-/etc/occ}
load_settings "$OCC_CONFIG/enclave.env" OCC_STATE ENCLAVE_NAME ENCLAVE_CPU ENCLAVE_MEM ENCLAVE_CID ENCLAVE_SETTLE \
  ENCLAVE_POLL ENCLAVE_PAUSE ENCLAVE_WAIT
OCC_STATE=${OCC_STATE:-/var/lib/occ}
ENCLAVE_NAME=${ENCLAVE_NAME:-occ}
ENCLAVE_CPU=${ENCLAVE_CPU:-2}
ENCLAVE_MEM=${ENCLAVE_MEM:-1024}
ENCLAVE_CID=${ENCLAVE_CID:-16}
# How long a new enclave must have lived before it counts as started, and how often `keep` looks.
ENCLAVE_SETTLE=${ENCLAVE_SETTLE:-3}
ENCLAVE_POLL=${ENCLAVE_POLL:-5}
# A look that fails is tried again: so many in all, so many seconds apart.
look_tries=4
ENCLAVE_PAUSE=${ENCLAVE_PAUSE:-2}
# How long to wait for the lock; a start takes less. systemd waits longer for `stop` (TimeoutStopSec).
ENCLAVE_WAIT=${ENCLAVE_WAIT:-60}
# The exit code when nitro-cli cannot say what runs; `keep` has one of its own for that.
look_failed=1
dry_run=${dry_run:-0}

fail() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit "${2:-1}"
}

# Says what is done before it is done; with --dry-run that is all.
run() {
  printf '+'
  printf ' %q' "$@"
  printf '\n'
  [ "$dry_run" -eq 1 ] || "$@"
}

require_number() { # NAME MIN MAX
  local value=${!1}
  [[ $value =~ ^[1-9][0-9]{0,8}$ ]] || fail "$1 must be a number, not '$value'" 2
  ((value >= $2 && value <= $3)) || fail "$1 must be $2 to $3, not $value" 2
}

check_settings() {
  [[ $ENCLAVE_NAME =~ ^[A-Za-z0-9_-]{1,64}$ ]] || fail "ENCLAVE_NAME may have letters, digits, _ and - only" 2
  [[ $OCC_STATE == /* ]] || fail "OCC_STATE must be an absolute path, not '$OCC_STATE'" 2
  require_number ENCLAVE_CPU 1 128
  require_number ENCLAVE_MEM 64 1000000
  # CIDs 0 to 2 are reserved, 3 is this machine as the enclave sees it.
  require_number ENCLAVE_CID 4 999999999
}

json_value() { # NAME, in $record, of a document without white space
  local pattern="\"$1\":\"?([^\",}]*)"
  [[ $record =~ $pattern ]] && printf '%s' "${BASH_REMATCH[1]}"
  return 0
}

# What runs, as nitro-cli prints it, in $all. It asks each enclave's process, which may just be coming or going.
ask_nitro_cli() {
  all=$(nitro-cli describe-enclaves) || {
    printf 'nitro-cli describe-enclaves failed; what it said is above\n' >&2
    return 1
  }
  [[ ${all//[[:space:]]/} == \[*\] ]] || {
    printf 'nitro-cli describe-enclaves did not print a JSON array but: %s\n' "$all" >&2
    return 1
  }
}

# Looks for the enclave of our name; afterwards found_id is its id, or empty. Returns look_failed if nobody can say.
find_enclave() {
  local all='' rest record tries=$look_tries
  found_id='' found_state='' found_cid='' found_cpu='' found_mem='' found_flags='' found_pcr0=''
  [ "$dry_run" -eq 0 ] || return 0
  until ask_nitro_cli; do
    tries=$((tries - 1))
    [ "$tries" -gt 0 ] || return "$look_failed"
    sleep "$ENCLAVE_PAUSE"
  done
  rest=${all//[[:space:]]/}
  while [[ $rest == *'"EnclaveName":"'* ]]; do
    rest=${rest#*'"EnclaveName":"'}
    record=${rest%%'"EnclaveName":"'*}
    if [[ $record == "$ENCLAVE_NAME"'"'* ]]; then
      found_id=$(json_value EnclaveID)
      found_state=$(json_value State)
      found_cid=$(json_value EnclaveCID)
      found_cpu=$(json_value NumberOfCPUs)
      found_mem=$(json_value MemoryMiB)
      found_flags=$(json_value Flags)
      found_pcr0=$(json_value PCR0)
      return 0
    fi
  done
}

start_enclave() { # RELEASE; returns 1 if it does not run, look_failed if nobody can say
  local command=(nitro-cli run-enclave --enclave-name "$ENCLAVE_NAME" --eif-path "$1/enclave.eif"
    --cpu-count "$ENCLAVE_CPU" --memory "$ENCLAVE_MEM" --enclave-cid "$ENCLAVE_CID")
  if [ -e "$1/debug" ]; then command+=(--debug-mode); fi
  run "${command[@]}" || return 1
  [ "$dry_run" -eq 0 ] || return 0
  # An enclave whose program ends is gone at once; nitro-cli has said "started" by then.
  sleep "$ENCLAVE_SETTLE"
  find_enclave || return
  [ "$found_state" = RUNNING ] && return 0
  printf 'the enclave started and ended at once; what it said shows in debug mode only\n' >&2
  return 1
}

stop_enclave() {
  find_enclave || return
  if [ -z "$found_id" ]; then
    printf 'no enclave named %s is running\n' "$ENCLAVE_NAME"
    return 0
  fi
  run nitro-cli terminate-enclave --enclave-id "$found_id"
}

# Holds off everybody else who would start or stop the enclave, until this process ends.
take_lock() { # OPTIONS of flock
  command -v flock >/dev/null || fail 'flock is missing (package util-linux)' 2
  exec 9>"$OCC_STATE/lock" || fail "$OCC_STATE/lock cannot be written" 2
  flock "$@" 9
}

ensure_running() {
  find_enclave || return
  [ "$found_state" != RUNNING ] || return 0
  [ -f "$OCC_STATE/current/enclave.eif" ] ||
    fail "there is no image at $OCC_STATE/current/enclave.eif; run deploy.sh first" 2
  # The lock must not pass to nitro-cli's own process, which lives as long as the enclave.
  start_enclave "$OCC_STATE/current" 9>&-
}

# Every look takes the lock for itself: while deploy.sh replaces the enclave, nobody starts the old image again.
# After the first, one that fails says nothing about the enclave, which may well be running: the next will tell.
keep_running() {
  local code in_vain=75
  while true; do
    code=0
    (
      take_lock -n || exit 0
      ensure_running
    ) || code=$?
    ((code == 0 || code == in_vain)) || exit "$code"
    look_failed=$in_vain
    sleep "$ENCLAVE_POLL" &
    wait $! # a signal ends this at once
  done
}

main() {
  [ $# -eq 1 ] || { usage >&2; exit 2; }
  case $1 in
    --help) usage && return ;;
    start | stop | status | keep) ;;
    *) usage >&2 && exit 2 ;;
  esac
  check_settings
  case $1 in
    start | stop)
      take_lock -w "$ENCLAVE_WAIT" ||
        fail "nothing was done: another program has been starting or stopping the enclave for $ENCLAVE_WAIT s
($OCC_STATE/lock). Wait for deploy.sh to end, or see who it is: fuser $OCC_STATE/lock"
      if [ "$1" = start ]; then ensure_running; else stop_enclave; fi
      ;;
    keep) keep_running ;;
    status)
      find_enclave
      [ -n "$found_id" ] || { printf 'no enclave named %s\n' "$ENCLAVE_NAME"; exit 3; }
      printf '%s: %s, CID %s, %s CPUs, %s MiB, %s, PCR0 %s\n' "$found_id" "$found_state" "$found_cid" \
        "$found_cpu" "$found_mem" "$found_flags" "$found_pcr0"
      ;;
  esac
}

if [ "${BASH_SOURCE[0]}" = "$0" ]; then main "$@"; fi
