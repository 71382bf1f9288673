package dev.occ.agency;

import java.math.BigInteger;
import java.util.Optional;

/**
 * The curve P-256 (NIST SP 800-186 section 3.2.1.3) and ECDSA over it (FIPS 186-5 section 6.4.2) in
 * plain big numbers: slow, and not in constant time, so for public values only. {@link P256} uses
 * it for the few signatures that the JDK gets wrong.
 */
final class P256Curve {
  /** The field's prime. */
  static final BigInteger P =
      new BigInteger("ffffffff00000001000000000000000000000000ffffffffffffffffffffffff", 16);

  /** The order of the curve, a prime below that of the field; the cofactor is 1. */
  static final BigInteger N =
      new BigInteger("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16);

  private static final BigInteger THREE = BigInteger.valueOf(3);
  private static final BigInteger B =
      new BigInteger("5ac635d8aa3a93e7b3ebbd55769886bc651d06b0cc53b0f63bce3c3e27d2604b", 16);
  private static final Point G =
      new Point(
          new BigInteger("6b17d1f2e12c4247f8bce6e563a440f277037d812deb33a0f4a13945d898c296", 16),
          new BigInteger("4fe342e2fe1a7f9b8ee7eb4a7c0f9e162bce33576b315ececbb6406837bf51f5", 16));

  private P256Curve() {}

  /**
   * A point; infinity is the absence of one.
   *
   * @param x from 0 to p-1
   * @param y from 0 to p-1
   */
  record Point(BigInteger x, BigInteger y) {
    /** Whether the coordinates are in their shortest form and those of a point of the curve. */
    boolean isOnCurve() {
      BigInteger right = x.multiply(x).subtract(THREE).multiply(x).add(B);
      return x.compareTo(P) < 0
          && y.compareTo(P) < 0
          && y.multiply(y).subtract(right).mod(P).signum() == 0;
    }
  }

  /**
   * Whether a signature holds.
   *
   * @param key on the curve
   * @param digest the message's SHA-256 as a number
   * @param r from 1 to n-1
   * @param s from 1 to n-1
   */
  static boolean verifies(Point key, BigInteger digest, BigInteger r, BigInteger s) {
    BigInteger w = s.modInverse(N);
    BigInteger u = digest.multiply(w).mod(N);
    BigInteger v = r.multiply(w).mod(N);
    Optional<Point> both = add(Optional.of(G), Optional.of(key));
    Optional<Point> sum = Optional.empty();
    for (int bit = N.bitLength() - 1; bit >= 0; bit--) {
      sum = add(sum, sum);
      if (u.testBit(bit)) {
        sum = add(sum, v.testBit(bit) ? both : Optional.of(G));
      } else if (v.testBit(bit)) {
        sum = add(sum, Optional.of(key));
      }
    }
    return sum.isPresent() && sum.get().x().mod(N).equals(r);
  }

  private static Optional<Point> add(Optional<Point> left, Optional<Point> right) {
    if (left.isEmpty() || right.isEmpty()) {
      return left.or(() -> right);
    }
    Point a = left.get();
    Point b = right.get();
    if (a.x().equals(b.x())) {
      // No point of a curve of odd order has y = 0, so the same one can be doubled.
      return a.y().equals(b.y()) ? Optional.of(along(slopeAt(a), a, b)) : Optional.empty();
    }
    BigInteger run = b.x().subtract(a.x()).modInverse(P);
    return Optional.of(along(b.y().subtract(a.y()).multiply(run).mod(P), a, b));
  }

  /** Of the tangent: (3x^2 - 3) / 2y. */
  private static BigInteger slopeAt(Point a) {
    BigInteger rise = a.x().multiply(a.x()).subtract(BigInteger.ONE).multiply(THREE);
    return rise.multiply(a.y().shiftLeft(1).modInverse(P)).mod(P);
  }

  /** The sum of two points on a line. */
  private static Point along(BigInteger slope, Point a, Point b) {
    BigInteger x = slope.multiply(slope).subtract(a.x()).subtract(b.x()).mod(P);
    return new Point(x, a.x().subtract(x).multiply(slope).subtract(a.y()).mod(P));
  }
}
