# shellcheck shell=sh
# The signer contract on the Nitro signer.
junit NitroSignerLabTest
