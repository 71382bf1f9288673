# shellcheck shell=sh
# Every call and every error over the real driver, threads, and ten thousand calls.
junit NsmLabTest
