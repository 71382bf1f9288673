// What an actor authorizes (spec 9, "Intent"), computed here: the service only adds a nonce.
import { fromBase64, sha256, toBase64 } from './bytes.js';
import { Problem } from './files.js';

const PURPOSE = 'occ/intent/1';
const DEFAULT_CHAIN = 'global';
const utf8 = (text) => new TextEncoder().encode(text);

/**
 * Canonical JSON (spec 2): names in the order of UTF-16 code units, which is that of sort(), without
 * array indices, which a signer refuses; texts and numbers as JSON.stringify writes them.
 */
export function canonical(value) {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const members = Object.keys(value).sort().map((name) => {
    if (/^(0|[1-9]\d*)$/.test(name)) throw new Error('a name that is an array index');
    return `${JSON.stringify(name)}:${canonical(value[name])}`;
  });
  return `{${members.join(',')}}`;
}

/** The intent of a commit by an actor in an epoch: what will stand in the proofs. */
export function intentOf(epochId, actor, request) {
  const intent = {
    purpose: PURPOSE,
    epochId,
    digests: request.digests.map(({ digestB64 }) => digestB64),
    chainId: request.chainId ?? DEFAULT_CHAIN,
    actor,
  };
  for (const name of ['policy', 'principal', 'attribution']) {
    if (request[name] !== undefined) intent[name] = request[name];
  }
  return intent;
}

/** The hash with which a challenge is asked for. */
export const hashOf = (intent) => sha256(utf8(canonical(intent)));

/** The challenge that commits to an intent's hash, in Base64. */
export async function challengeOf(nonce, hash) {
  return toBase64(await sha256(new Uint8Array([...utf8(PURPOSE), 0, ...nonce, ...hash])));
}

/**
 * A challenge that commits to an intent. Fails if the service answers with another one, so that the
 * authenticator is never asked to sign for something else.
 */
export async function challengeFor(intent, getChallenge) {
  const hash = await hashOf(intent);
  const { challenge, intentNonceB64 } = await getChallenge(toBase64(hash));
  const nonce = bytesOf(intentNonceB64);
  if (nonce.length !== 32 || await challengeOf(nonce, hash) !== challenge) {
    throw new Problem('The service’s challenge is not for what you want to authorize. The passkey was not asked, and nothing was committed.');
  }
  return { challenge, nonceB64: intentNonceB64 };
}

function bytesOf(text) {
  try {
    return fromBase64(text);
  } catch {
    return new Uint8Array();
  }
}
