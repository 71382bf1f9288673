package dev.occ.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Tells forbidden-apis that a class may use what is forbidden elsewhere, and why. */
@Retention(RetentionPolicy.CLASS)
@Target(ElementType.TYPE)
@interface SuppressForbidden {
  /**
   * Why the use is right.
   *
   * @return the reason, in one line
   */
  String value();
}
