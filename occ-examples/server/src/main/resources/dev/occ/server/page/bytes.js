// Bytes and their texts: Base64 with padding (RFC 4648 section 4), lower-case hex, SHA-256.

/** Base64 of an ArrayBuffer or a Uint8Array. */
export function toBase64(bytes) {
  let text = '';
  for (const byte of new Uint8Array(bytes)) text += String.fromCharCode(byte);
  return btoa(text);
}

/** The bytes of canonical Base64; throws for any other text. */
export function fromBase64(text) {
  const bytes = Uint8Array.from(atob(text), (char) => char.charCodeAt(0));
  if (toBase64(bytes) !== text) throw new Error('not canonical Base64');
  return bytes;
}

/** Lower-case hex of an ArrayBuffer or a Uint8Array. */
export function toHex(bytes) {
  return Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** SHA-256 of an ArrayBuffer or a Uint8Array. */
export async function sha256(bytes) {
  return new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
}
