/**
 * The commands {@code enclave}, {@code parent} and {@code up}. Start reading at {@link
 * dev.occ.programs.service.UpCommand}.
 */
@NullMarked
package dev.occ.programs.service;

import org.jspecify.annotations.NullMarked;
