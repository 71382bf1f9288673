// A proof in words. Everything that a proof says is hostile text: it only ever becomes textContent, by shown().
// A step states something only if the check behind it passed; else the card says that the proof says so.
import { fromBase64, toHex } from './bytes.js';
import { shown, shownJson } from './shown.js';

/** The tiers (spec 3) in words. */
const TIERS = { stub: 'software signer', 'hw-key': 'hardware key', 'measured-tee': 'measured enclave' };

/** An element with text and classes. */
export function element(tag, text = '', className = '') {
  const made = document.createElement(tag);
  if (text !== '') made.textContent = text;
  if (className) made.className = className;
  return made;
}

/** A tier in words; an unknown one as it stands. */
export function tierText(tier) {
  return Object.hasOwn(TIERS, tier) ? TIERS[tier] : shown(tier ?? 'unknown');
}

/** A SHA-256 in hex, as sha256sum prints it; nothing if it is not canonical Base64. */
export function hexOf(base64) {
  try {
    return toHex(fromBase64(base64));
  } catch {
    return undefined;
  }
}

function step(title, kind, text, facts = []) {
  const item = element('li', '', kind);
  const heading = element('h3', title);
  item.append(heading);
  if (text) item.append(element('p', text));
  const known = facts.filter(([, value]) => value !== undefined && value !== null && value !== '');
  if (known.length > 0) {
    const list = document.createElement('dl');
    for (const [name, value] of known) {
      const place = element('dd');
      place.append(element('span', shown(typeof value === 'object' ? JSON.stringify(value) : value), 'hash'));
      list.append(element('dt', name), place);
    }
    item.append(list);
  }
  return { item, heading };
}

/** What the checks allow a card to state. */
function standing(checked) {
  const checks = checked?.checks ?? [];
  const passed = (name) => outcomeOf(checks, name) === 'passed';
  const valid = checked?.valid === true;
  return {
    valid,
    checks,
    attested: valid && checked.policy !== 'integrity-only' && passed('attestation') && passed('policy'),
    /** The look of a step: filled and open circles are for valid proofs only. */
    kind(name, good = 'filled') {
      if (outcomeOf(checks, name) === 'failed') return 'bad';
      return valid ? good : 'none';
    },
  };
}

function slotStep({ slotAllocation: slot, commit }, is) {
  const facts = [['counter', slot?.counter], ['nonce', slot?.nonceB64], ['chain', slot?.chainId ?? commit?.chainId ?? 'global'], ['epoch', slot?.epochId]];
  if (!slot) return step('No slot', 'bad', 'Nothing shows that the nonce was signed before the file’s hash arrived.').item;
  if (!is.valid) return step('Slot', is.kind('slot'), 'The proof says that this slot was signed first.', facts).item;
  return is.attested
    ? step('The slot was signed first', is.kind('slot', ''),
      'The enclave drew a fresh random nonce and signed it as an empty, numbered slot before it received the hash.', facts).item
    : step('A numbered slot', is.kind('slot', ''),
      'The slot is signed and holds nothing of the file. The proof says that it was signed before the hash arrived.', facts).item;
}

function digestStep(proof, match, is) {
  const kinds = { same: is.kind('artifact'), different: 'bad', none: is.kind('artifact', '') };
  const texts = {
    same: is.valid ? 'The hash of your file, computed in this browser, is the one in the proof.'
      : 'Your file has the hash that stands here; the proof itself did not pass.',
    different: 'Your file has another hash: this proof is about another file.',
    none: 'No file was compared with it.',
  };
  const digest = proof.artifact?.digestB64;
  return step(is.attested ? 'Then the file’s SHA-256 arrived' : 'The file’s SHA-256', kinds[match], texts[match],
    [['hex', hexOf(digest)], ['Base64', digest]]).item;
}

function commitStep({ commit, signer }, is) {
  const facts = [['counter', commit?.counter], ['public key', signer?.publicKeyB64]];
  if (!is.valid) return step('Commit', is.kind('signature'), 'The proof says that this key signed it under this number.', facts).item;
  return step('Slot and hash were signed together', is.kind('signature'),
    is.attested ? 'The slot was used up for this one hash, and a key that exists only inside the enclave signed the result.'
      : 'The signature of this key holds. Whose key it is, and where it is kept, is what the proof says.', facts).item;
}

function chainStep({ commit }, is) {
  const facts = [['previous proof', commit?.prevB64]];
  if (!is.valid) return step('Place on its chain', 'none', 'The proof says where it stands.', facts).item;
  return commit?.prevB64
    ? step('After the proof before it', 'filled', 'It names the previous proof on its chain by hash.', facts).item
    : step('First on its chain', '', 'It names no previous proof of its chain in this epoch.').item;
}

function codeStep({ environment }, is) {
  const tier = environment?.enforcement;
  const facts = [['measurement', environment?.measurement]];
  let made;
  if (is.attested) {
    made = step('By this code', 'filled', 'The attestation shows this measurement, and it is the one that you trust.', facts);
  } else if (tier === 'stub' && is.valid) {
    made = step('By a software signer', 'warn', 'The key was in ordinary memory: such a signer is for trying out and shows nothing about hardware.', facts);
  } else {
    made = step('Code', is.valid ? 'warn' : is.kind('attestation'), 'The proof says that this code made it. Nothing checked here shows that.', facts);
  }
  made.heading.append(' ', element('span', `${is.attested ? '' : 'the proof says: '}${tierText(tier)}`, `pill ${is.attested ? 'good' : 'warn'}`));
  return made.item;
}

function attestationStep({ environment }, is) {
  const report = environment?.attestation;
  if (!report) return step('No attestation', is.valid ? 'warn' : 'none', 'No hardware vendor vouches for what the proof says about its environment.').item;
  const outcome = outcomeOf(is.checks, 'attestation');
  const facts = [['format', report.format]];
  if (outcome === 'failed') return step('Attestation', 'bad', 'The attestation does not hold.', facts).item;
  if (is.attested) return step('Attested', 'filled', 'The vendor’s signature ties this measurement to this very proof.', facts).item;
  return step('Attestation, not checked', is.valid ? 'warn' : 'none', 'The proof carries one. Give the measurement that you trust to have it checked.', facts).item;
}

function actorStep({ agency }, is) {
  const facts = [['provider', agency.actor?.provider], ['key id', agency.actor?.keyId]];
  if (!is.valid) return step('Authorization', is.kind('agency'), 'The proof says that this key authorized it.', facts).item;
  return step('Authorized', 'filled', `${covered(agency)} The provider is a name that nobody checked.`, facts).item;
}

/** What of a valid proof the actor's signature covers. */
function covered({ authorization, intent, batchContext }) {
  const passkey = authorization?.format === 'webauthn';
  const who = `The owner of a ${passkey ? 'passkey' : 'key'}`;
  if (intent) {
    return `${who} signed for what this proof says: ${batchContext ? 'the hashes of the batch' : 'this hash'}, epoch, chain, policy, principal, attribution and the key’s own names.`;
  }
  const rest = 'Chain, policy, principal, attribution and the names beside the key were chosen by the carrier of the request.';
  // Without an intent a passkey signs the challenge only; that it was spent for this hash is the enclave's word.
  if (passkey) return `${who} answered a challenge. That the answer was for this hash is what the enclave says. ${rest}`;
  const first = batchContext?.batchIndex > 0 ? 'the first hash of a batch' : 'this hash';
  return `${who} signed ${first} together with a challenge. ${rest}`;
}

/** What the server cannot check, because it has no file. */
function ownChecks(match) {
  if (match === 'none') return [];
  return [{ step: 'file', outcome: match === 'same' ? 'passed' : 'failed', text: 'compared with the proof’s digest in this browser' }];
}

/** What a valid result does not say. */
function limits({ environment }, is) {
  if (!is.valid) return 'What follows is what the proof says. None of it is shown to be true.';
  if (is.attested) return '';
  return environment?.enforcement === 'stub' ? 'Software signer: intact and in order, but nothing about hardware is shown.'
    : 'Only its integrity was checked: nothing about hardware is shown.';
}

function outcomeOf(checks, name) {
  return checks.find((check) => (check.step ?? check.name) === name)?.outcome;
}

function checkRows(checks) {
  const pills = { passed: 'good', failed: 'bad' };
  return checks.map((check) => {
    const row = document.createElement('tr');
    const outcome = element('td');
    outcome.append(element('span', shown(check.outcome), `pill ${Object.hasOwn(pills, check.outcome) ? pills[check.outcome] : 'none'}`));
    row.append(element('td', shown(check.step ?? check.name)), outcome, element('td', shown(check.text ?? '')));
    return row;
  });
}

/**
 * The card of one proof.
 *
 * match: "same", "different" or "none", what comparing with the user's file gave; checked: the
 * answer of /verify, or null if there is none; fileName: of the download, or null for no download.
 */
export function proofCard({ title, proof, match, checked, fileName }) {
  const card = document.getElementById('proof-template').content.firstElementChild.cloneNode(true);
  const is = standing(checked);
  card.classList.add(is.valid && match !== 'different' ? 'good' : 'bad');
  card.querySelector('h2').textContent = shown(title);
  card.querySelector('.verdict-text').textContent = verdict(checked, match);
  card.querySelector('.verdict-limits').textContent = limits(proof, is);
  const story = [slotStep(proof, is), digestStep(proof, match, is), commitStep(proof, is), chainStep(proof, is),
    codeStep(proof, is), attestationStep(proof, is)];
  if (proof.agency) story.push(actorStep(proof, is));
  card.querySelector('.story').append(...story);
  card.querySelector('tbody').append(...checkRows([...ownChecks(match), ...is.checks]));
  card.querySelector('.raw pre').textContent = shownJson(proof);
  if (fileName) card.querySelector('.actions').append(downloadLink('Download the proof', fileName, proofFile(proof)));
  return card;
}

function verdict(checked, match) {
  if (!checked) return 'Not checked: the service did not answer.';
  if (!checked.valid) return `Not valid: ${shown(checked.reason ?? 'no reason given')}`;
  if (match === 'different') return 'A valid proof, but of another file.';
  return match === 'same' ? 'Valid, and about exactly this file.' : 'Valid. No file was compared with it.';
}

/** The text of a proof's file. */
export function proofText(proof) {
  return `${JSON.stringify(proof, null, 2)}\n`;
}

function proofFile(proof) {
  return new Blob([proofText(proof)], { type: 'application/json' });
}

/** A link that saves a file. */
export function downloadLink(text, name, blob) {
  const link = element('a', text);
  link.download = name;
  link.href = URL.createObjectURL(blob);
  return link;
}
