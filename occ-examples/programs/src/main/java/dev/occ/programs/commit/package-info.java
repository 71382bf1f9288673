/**
 * The command {@code commit}: a proof beside each file. Start reading at {@link
 * dev.occ.programs.commit.CommitCommand}.
 */
@NullMarked
package dev.occ.programs.commit;

import org.jspecify.annotations.NullMarked;
