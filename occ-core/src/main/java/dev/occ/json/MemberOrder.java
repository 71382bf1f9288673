package dev.occ.json;

import java.util.Arrays;
import java.util.Comparator;

/**
 * The order of an object's members in canonical JSON (spec 2): array indices first, in numeric
 * order, then the other names by UTF-16 code unit. ECMAScript keeps the properties of an object
 * that was filled in sorted order in this order (ECMA-262, OrdinaryOwnPropertyKeys).
 */
final class MemberOrder {
  /** The largest array index: an array has at most 2^32-1 elements (ECMA-262, 6.1.7). */
  private static final long LARGEST_INDEX = 4_294_967_294L;

  private static final int MOST_DIGITS = 10;

  private static final Comparator<String> ORDER = MemberOrder::compare;

  private MemberOrder() {}

  static void sort(String[] names) {
    if (hasIndex(names)) {
      Arrays.sort(names, ORDER);
    } else {
      Arrays.sort(names); // String compares by UTF-16 code unit
    }
  }

  private static boolean hasIndex(String[] names) {
    for (String name : names) {
      if (isArrayIndex(name)) {
        return true;
      }
    }
    return false;
  }

  private static int compare(String one, String other) {
    boolean isIndex = isArrayIndex(one);
    if (isIndex != isArrayIndex(other)) {
      return isIndex ? -1 : 1;
    }
    if (isIndex && one.length() != other.length()) {
      return one.length() - other.length(); // without leading zeros the longer one is larger
    }
    return one.compareTo(other);
  }

  /** Whether a name is the decimal text of an array index, without leading zeros. */
  static boolean isArrayIndex(String name) {
    int length = name.length();
    if (length == 0 || length > MOST_DIGITS || (length > 1 && name.charAt(0) == '0')) {
      return false;
    }
    long value = 0;
    for (int i = 0; i < length; i++) {
      char c = name.charAt(i);
      if (c < '0' || c > '9') {
        return false;
      }
      value = 10 * value + (c - '0');
    }
    return value <= LARGEST_INDEX;
  }
}
