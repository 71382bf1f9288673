/**
 * The parent server: the HTTP API of spec 14 in front of an enclave, which itself speaks to nobody
 * but its parent. Start reading at {@link dev.occ.server.ParentServer}; {@code ApiHandler} is the
 * way that every request takes, {@code Routes} lists the calls, and there is one class for each of
 * them. What each call answers is in {@code docs/http-api.md}.
 */
@NullMarked
package dev.occ.server;

import org.jspecify.annotations.NullMarked;
