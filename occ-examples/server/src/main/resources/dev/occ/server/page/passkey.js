// Authorization by a passkey (WebAuthn; spec 9). The passkey's id and public key stay in this browser.
import { fromBase64, sha256, toBase64, toHex } from './bytes.js';
import { Problem } from './files.js';
import { challengeFor, intentOf } from './intent.js';

const STORE = 'occ-passkey';
const ES256 = -7;
const WAIT_MS = 60000;

/** Why passkeys cannot be used on this page, or null if they can. */
export function whyNoPasskey() {
  if (!globalThis.PublicKeyCredential) return 'This browser offers no passkeys here.';
  if (/^[\d.]+$|:/.test(location.hostname)) {
    return `Passkeys belong to a name, not to an address: open this page as ${location.protocol}//localhost${location.port ? `:${location.port}` : ''} or by its domain.`;
  }
  return null;
}

/** The passkey that this browser made for this page, or null. */
export function known() {
  try {
    const kept = JSON.parse(localStorage.getItem(STORE));
    return kept?.id && kept?.publicKeyB64 && kept?.keyId ? kept : null;
  } catch {
    return null;
  }
}

/** Forgets it here; the authenticator keeps it until its owner removes it there. */
export function forget() {
  localStorage.removeItem(STORE);
}

async function create() {
  const credential = await ask(() => navigator.credentials.create({
    publicKey: {
      // Nobody checks this one: no account is opened, only a key is made.
      challenge: crypto.getRandomValues(new Uint8Array(32)),
      rp: { name: 'OCC' },
      user: { id: crypto.getRandomValues(new Uint8Array(16)), name: 'OCC commits', displayName: 'OCC commits' },
      pubKeyCredParams: [{ type: 'public-key', alg: ES256 }],
      authenticatorSelection: { userVerification: 'required', residentKey: 'preferred' },
      attestation: 'none',
      timeout: WAIT_MS,
    },
  }));
  const spki = credential.response.getPublicKey();
  if (!spki || credential.response.getPublicKeyAlgorithm() !== ES256) {
    throw new Problem('The passkey is not of the kind that proofs can hold (ES256).');
  }
  const made = { id: toBase64(credential.rawId), publicKeyB64: toBase64(spki), keyId: toHex(await sha256(spki)) };
  localStorage.setItem(STORE, JSON.stringify(made));
  return made;
}

/**
 * The agency for a commit: asks the user's authenticator to sign a challenge that commits to the
 * request, and for a new passkey first where there is none. The challenge is checked before the
 * authenticator is asked, and what is authorized is told first.
 */
export async function authorize(request, { getIdentity, getChallenge, tell }) {
  const passkey = known() ?? await create();
  const actor = { keyId: passkey.keyId, publicKeyB64: passkey.publicKeyB64, algorithm: 'ES256', provider: 'passkey' };
  const { epochId } = await getIdentity();
  const intent = intentOf(epochId, actor, request);
  const { challenge, nonceB64 } = await challengeFor(intent, getChallenge);
  tell(intent);
  const assertion = await ask(() => navigator.credentials.get({
    publicKey: {
      challenge: fromBase64(challenge),
      allowCredentials: [{ type: 'public-key', id: fromBase64(passkey.id) }],
      userVerification: 'required',
      timeout: WAIT_MS,
    },
  }));
  const { authenticatorData, clientDataJSON, signature } = assertion.response;
  return {
    actor,
    authorization: {
      purpose: 'occ/commit-authorize/v1',
      actorKeyId: passkey.keyId,
      artifactHash: intent.digests[0],
      challenge,
      timestamp: Date.now(),
      format: 'webauthn',
      authenticatorDataB64: toBase64(authenticatorData),
      clientDataJSON: new TextDecoder('utf-8', { fatal: true }).decode(clientDataJSON),
      signatureB64: toBase64(signature),
    },
    intent: { nonceB64 },
  };
}

async function ask(operation) {
  try {
    return await operation();
  } catch (failure) {
    if (failure.name === 'NotAllowedError' || failure.name === 'AbortError') {
      throw new Problem('The passkey was not used: the request was cancelled or took too long. Nothing was committed.');
    }
    throw new Problem(`The passkey cannot be used here (${failure.name}). Nothing was committed.`);
  }
}
