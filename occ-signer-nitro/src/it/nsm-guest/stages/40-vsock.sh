# shellcheck shell=sh
# Vsock streams over the loopback.
junit VsockLabTest
