#!/usr/bin/env bash
# Ends with 0 if the parent answers GET /health with 200, which it does only if the enclave answers it; else 1.
# Usage: healthcheck.sh [PORT]. Needs bash only, so that it also runs inside the parent's image.
set -u
port=${1:-${PORT:-8080}}

ask() {
  exec 3<>"/dev/tcp/127.0.0.1/$port" || return 1
  printf 'GET /health HTTP/1.0\r\nHost: localhost\r\n\r\n' >&3
  IFS= read -r -t 5 status <&3 || return 1
  case $status in
    'HTTP/1.'?' 200'*) return 0 ;;
    *) printf 'unhealthy: %s\n' "${status%$'\r'}" >&2 && return 1 ;;
  esac
}

ask || { printf 'the parent on port %s is not healthy\n' "$port" >&2; exit 1; }
