/**
 * OCC in Spring Boot 3.5 and 4.0: {@code occ.verifier.*} and {@code occ.client.*} become beans,
 * with a health indicator and Micrometer counters. Start reading at {@link
 * dev.occ.spring.OccVerifierAutoConfiguration}.
 */
@NullMarked
package dev.occ.spring;

import org.jspecify.annotations.NullMarked;
