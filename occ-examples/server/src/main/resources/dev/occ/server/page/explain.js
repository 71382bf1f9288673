// A proof in words. Everything that a proof says is hostile text: it only ever becomes textContent.

/** An element with text and classes. */
export function element(tag, text = '', className = '') {
  const made = document.createElement(tag);
  if (text !== '') made.textContent = text;
  if (className) made.className = className;
  return made;
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
      const shown = element('dd');
      shown.append(element('span', String(value), 'hash'));
      list.append(element('dt', name), shown);
    }
    item.append(list);
  }
  return { item, heading };
}

function slotStep({ slotAllocation: slot, commit }) {
  if (!slot) return step('No slot', 'bad', 'The proof does not show that its nonce was there before the file’s hash.').item;
  return step(`Slot ${slot.counter} was signed first`, '',
    'Before the enclave knew anything of the file it drew a fresh random nonce and signed it as an empty, numbered slot.',
    [['nonce', slot.nonceB64], ['chain', slot.chainId ?? commit?.chainId ?? 'global'], ['epoch', slot.epochId]]).item;
}

function digestStep(proof, match) {
  const kinds = { same: 'filled', different: 'bad', none: '' };
  const texts = {
    same: 'The hash of your file, computed in this browser, is the one in the proof.',
    different: 'Your file has another hash: this proof is not about it.',
    none: 'No file was compared with it.',
  };
  return step('Then the file’s SHA-256 arrived', kinds[match], texts[match], [['SHA-256', proof.artifact?.digestB64]]).item;
}

function commitStep({ commit, signer }) {
  return step(`Bound and signed as number ${commit?.counter ?? '(none)'}`, 'filled',
    'The slot was used up for this one hash, and a key that exists only while the enclave runs signed the result.',
    [['public key', signer?.publicKeyB64]]).item;
}

function chainStep({ commit }) {
  return commit?.prevB64
    ? step('After the proof before it', 'filled', 'It names the previous proof on its chain by hash, so nothing can be slipped in between.',
      [['previous proof', commit.prevB64]]).item
    : step('First on its chain', '', 'No proof of this chain came before it in this epoch.').item;
}

function codeStep({ environment }) {
  const stub = environment?.enforcement === 'stub';
  const made = step('By this code', stub ? 'warn' : 'filled',
    stub ? 'The key was in ordinary memory: such a signer is for trying out and proves nothing about hardware.'
      : 'The measurement identifies the program that ran in the enclave. Compare it with the one that you trust.',
    [['measurement', environment?.measurement]]);
  made.heading.append(' ', element('span', `tier: ${environment?.enforcement ?? 'unknown'}`, `pill ${stub ? 'warn' : 'none'}`));
  return made.item;
}

function attestationStep({ environment }, outcome) {
  const report = environment?.attestation;
  if (!report) return step('No attestation', 'warn', 'No vendor’s hardware vouches for what the proof says about its environment.').item;
  const texts = {
    passed: 'The vendor’s signature ties this measurement to this very proof.',
    failed: 'The attestation does not hold.',
    'not-checked': 'It is there, but nobody checked it: give the measurement that you trust to have it checked.',
  };
  return step('Attested', outcome === 'passed' ? 'filled' : outcome === 'failed' ? 'bad' : '', texts[outcome] ?? texts['not-checked'],
    [['format', report.format]]).item;
}

function actorStep({ agency }) {
  // A passkey signs the challenge only; that it was spent for this very hash is the enclave's word.
  const text = agency.authorization?.format === 'webauthn'
    ? 'The owner of a passkey answered a challenge of the enclave, which let the answer count for this hash only.'
    : 'The owner of a key signed this hash together with a challenge that the enclave had issued.';
  return step('Authorised', 'filled', text,
    [['provider', agency.actor?.provider], ['key id', agency.actor?.keyId]]).item;
}

/** What the server cannot check, because it has no file. */
function ownChecks(match) {
  if (match === 'none') return [];
  return [{ step: 'file', outcome: match === 'same' ? 'passed' : 'failed', text: 'compared with the proof’s digest in this browser' }];
}

/** What a valid result does not say. */
function limits({ environment }, checks) {
  if (environment?.enforcement === 'stub') return 'Software signer: intact and in order, but nothing about hardware is shown.';
  return outcomeOf(checks, 'attestation') === 'passed' ? ''
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
    outcome.append(element('span', check.outcome, `pill ${pills[check.outcome] ?? 'none'}`));
    row.append(element('td', check.step ?? check.name), outcome, element('td', check.text ?? ''));
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
  const checks = checked?.checks ?? [];
  const good = checked?.valid === true && match !== 'different';
  card.classList.add(good ? 'good' : 'bad');
  card.querySelector('h2').textContent = title;
  card.querySelector('.verdict-text').textContent = verdict(checked, match);
  card.querySelector('.verdict-limits').textContent = limits(proof, checks);
  const story = [slotStep(proof), digestStep(proof, match), commitStep(proof), chainStep(proof), codeStep(proof),
    attestationStep(proof, outcomeOf(checks, 'attestation'))];
  if (proof.agency) story.push(actorStep(proof));
  card.querySelector('.story').append(...story);
  card.querySelector('tbody').append(...checkRows([...ownChecks(match), ...checks]));
  card.querySelector('.raw pre').textContent = JSON.stringify(proof, null, 2);
  if (fileName) card.querySelector('.actions').append(download(proof, fileName));
  return card;
}

function verdict(checked, match) {
  if (!checked) return 'Not checked: the service did not answer.';
  if (!checked.valid) return `Not valid: ${checked.reason ?? 'no reason given'}`;
  if (match === 'different') return 'A valid proof, but of another file.';
  return match === 'same' ? 'Valid, and about exactly this file.' : 'Valid. No file was compared with it.';
}

function download(proof, fileName) {
  const link = element('a', 'Download the proof');
  link.download = fileName;
  link.href = URL.createObjectURL(new Blob([`${JSON.stringify(proof, null, 2)}\n`], { type: 'application/json' }));
  return link;
}
