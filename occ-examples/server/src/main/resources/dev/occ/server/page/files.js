// Files that the user dropped or chose: hashed here, never sent.
import { sha256 } from './bytes.js';

/** WebCrypto hashes a file in one piece, so the whole of it has to fit into memory. */
const MAX_FILE_BYTES = 2 ** 30;

/** A proof is at most 1 MiB (spec 1). */
const MAX_PROOF_BYTES = 2 ** 20;

/** What to tell the user, in words for people. */
export class Problem extends Error {}

/** Why this browser cannot hash on this page, or null if it can. */
export function whyNoHashing() {
  if (globalThis.isSecureContext && globalThis.crypto?.subtle) return null;
  return 'Browsers hash files only on pages that came by https or from localhost. Open this page that way, or use ./occ commit.';
}

/** The SHA-256 of a file as 32 bytes. */
export async function digestOf(file) {
  if (file.size > MAX_FILE_BYTES) {
    throw new Problem(`${file.name} is larger than 1 GiB; a browser cannot hash it. Use ./occ commit.`);
  }
  let content;
  try {
    content = await file.arrayBuffer();
  } catch {
    throw new Problem(`${file.name} cannot be read. Is it a folder, or was it changed or moved meanwhile?`);
  }
  return sha256(content);
}

/**
 * Reads a file as a proof. Gives null if it is no JSON object with a proof's version, so that it may
 * be the artifact instead. The text goes to the server as it stands: strict reading is its work.
 */
export async function readProof(file) {
  if (file.size > MAX_PROOF_BYTES) return null;
  let text;
  let value;
  try {
    text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(await file.arrayBuffer());
    value = JSON.parse(text);
  } catch {
    return null;
  }
  if (Array.isArray(value) && value.length > 0 && isProof(value[0])) {
    throw new Problem(`${file.name} holds a list of ${value.length} proof(s). Save one of them as a file of its own.`);
  }
  return isProof(value) ? { name: file.name, text, proof: value } : null;
}

function isProof(value) {
  return value?.version === 'occ/1' || value?.version === 'bitgraph/1';
}

/** A size in words. */
export function sizeText(bytes) {
  if (bytes < 1024) return `${bytes} bytes`;
  const units = ['KiB', 'MiB', 'GiB'];
  let size = bytes / 1024;
  let unit = 0;
  while (size >= 1024 && unit < units.length - 1) {
    size /= 1024;
    unit += 1;
  }
  return `${size.toFixed(1)} ${units[unit]}`;
}

/** Lets files be dropped on an element or chosen with its input. */
export function acceptFiles(area, input, take) {
  const over = (on) => area.classList.toggle('over', on);
  area.addEventListener('dragover', (event) => { event.preventDefault(); over(true); });
  area.addEventListener('dragleave', () => over(false));
  area.addEventListener('drop', (event) => {
    event.preventDefault();
    over(false);
    take([...event.dataTransfer.files]);
  });
  input.addEventListener('change', () => take([...input.files]));
}
