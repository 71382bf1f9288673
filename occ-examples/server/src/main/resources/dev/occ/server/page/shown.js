// Text from outside made fit to be read: nothing in it hides, reorders, or looks like a line of its own.

/** The longest text that is shown in full; a public key and a report's name are far shorter. */
const MAX_LENGTH = 400;

/** Invisible, or blank without being a space: controls, bidi marks, fillers, other separators. */
const HIDDEN = String.raw`[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}\u2800]|(?! )\p{Zs}`;
const IN_TEXT = new RegExp(String.raw`\\|${HIDDEN}|(?<= ) +|^ +| +$`, 'gu');
const IN_JSON = new RegExp(`${HIDDEN}|(?<= ) +`, 'gu');
const JSON_TEXT = /"[^"\\]*(?:\\.[^"\\]*)*"/g;

/** One line of text. A backslash is doubled, so an escape is never what the text itself holds. */
export function shown(value) {
  const text = String(value);
  const cut = text.length > MAX_LENGTH ? text.slice(0, MAX_LENGTH) : text;
  const rest = text.length - cut.length;
  const safe = cut.replace(IN_TEXT, (found) => {
    if (found === '\\') return '\\\\';
    const escape = `\\u{${found.codePointAt(0).toString(16)}}`;
    return /^ {2,}$/.test(found) ? `${escape}×${found.length}` : escape;
  });
  return rest > 0 ? `${safe}… (${rest} more characters)` : safe;
}

/**
 * A document as indented JSON in canonical numbers (spec 2): two literals that one signature covers
 * look the same. In its texts what is hidden, and every blank after a blank, is a JSON escape.
 */
export function shownJson(value) {
  return JSON.stringify(value, null, 2).replace(JSON_TEXT, (text) =>
    text.replace(IN_JSON, (found) => Array.from({ length: found.length }, (_, i) =>
      `\\u${found.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')));
}
