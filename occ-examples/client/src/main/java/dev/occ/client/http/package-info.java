/** One HTTP request with limits on time and length; for the other packages of this program. */
@NullMarked
package dev.occ.client.http;

import org.jspecify.annotations.NullMarked;
