/** Tests of the client. */
@NullMarked
package dev.occ.examples.client;

import org.jspecify.annotations.NullMarked;
