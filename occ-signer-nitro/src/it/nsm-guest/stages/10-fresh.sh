# shellcheck shell=sh
# The module as it comes: nothing extended, nothing locked. Must be the first stage.
junit FreshGuestLabTest
