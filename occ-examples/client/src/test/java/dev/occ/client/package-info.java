/** Tests of the client. */
@NullMarked
package dev.occ.client;

import org.jspecify.annotations.NullMarked;
