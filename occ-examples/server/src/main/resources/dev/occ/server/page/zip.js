// An archive of small files (PKWARE APPNOTE 6.3): stored, not compressed, with names in UTF-8.

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
const VERSION = 20;
const UTF8 = 0x0800;
/** 1980-01-01, the earliest date that the format has: an archive of the same proofs is the same bytes. */
const DATE = 0x21;

const CRC_TABLE = Uint32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit += 1) crc = crc & 1 ? (crc >>> 1) ^ 0xedb88320 : crc >>> 1;
  return crc;
});

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = CRC_TABLE[(crc ^ byte) & 0xff] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** Little-endian numbers; each a pair of value and width in bytes. */
function record(...fields) {
  const bytes = [];
  for (const [value, width] of fields) {
    for (let at = 0; at < width; at += 1) bytes.push(Math.floor(value / 2 ** (8 * at)) & 0xff);
  }
  return Uint8Array.from(bytes);
}

/** The archive as a Blob; files: pairs of name and text, fewer than 65,536 and 4 GiB in all. */
export function zip(files) {
  const encoder = new TextEncoder();
  const contents = [];
  const directory = [];
  let offset = 0;
  let directorySize = 0;
  for (const [name, text] of files) {
    const path = encoder.encode(name);
    const content = encoder.encode(text);
    const shared = [
      [VERSION, 2], [UTF8, 2], [0, 2], [0, 2], [DATE, 2],
      [crc32(content), 4], [content.length, 4], [content.length, 4], [path.length, 2], [0, 2],
    ];
    const local = record([LOCAL, 4], ...shared);
    const central = record([CENTRAL, 4], [VERSION, 2], ...shared, [0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]);
    contents.push(local, path, content);
    directory.push(central, path);
    offset += local.length + path.length + content.length;
    directorySize += central.length + path.length;
  }
  const end = record([END, 4], [0, 2], [0, 2], [files.length, 2], [files.length, 2], [directorySize, 4], [offset, 4], [0, 2]);
  return new Blob([...contents, ...directory, end], { type: 'application/zip' });
}
