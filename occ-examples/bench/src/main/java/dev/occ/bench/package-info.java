/**
 * What {@code docs/performance.md} is measured with: JMH benchmarks of the libraries, and runs of
 * the programs as processes. {@link dev.occ.bench.Bench} is where to start reading; {@code
 * occ-examples/bench/run} starts it.
 */
@NullMarked
package dev.occ.bench;

import org.jspecify.annotations.NullMarked;
