// Wires the page: two tabs, files in, proofs out.
import { toBase64 } from './bytes.js';
import { element, proofCard } from './explain.js';
import { Problem, acceptFiles, digestOf, readProof, sizeText, whyNoHashing } from './files.js';
import { authorise, forget, known, whyNoPasskey } from './passkey.js';
import * as service from './service.js';

const MAX_FILES = 1000;
const $ = (id) => document.getElementById(id);
const prove = { files: [], busy: false };
const check = { proof: null, artifact: null, busy: false };

// ---- messages and lists

function say(place, text) {
  const note = $(`${place}-message`);
  note.textContent = text;
  note.classList.toggle('bad', text !== '');
  note.hidden = text === '';
}

/** Runs one task of a tab at a time; a problem becomes the tab's message. */
async function doing(state, place, task) {
  if (state.busy) return;
  state.busy = true;
  refresh();
  say(place, '');
  try {
    await task();
  } catch (failure) {
    say(place, failure instanceof Problem ? failure.message : `This page failed: ${failure.message}`);
    if (!(failure instanceof Problem)) console.error(failure);
  } finally {
    state.busy = false;
    refresh();
  }
}

function listItem(name, size, hash) {
  const item = document.createElement('li');
  item.append(element('span', name, 'name'), element('span', size, 'size'), element('span', hash, 'hash'));
  return item;
}

function refresh() {
  $('prove-go').disabled = prove.busy || prove.files.length === 0;
  $('prove-go').textContent = prove.busy ? 'Working…' : prove.files.length > 1 ? `Make ${prove.files.length} proofs` : 'Make the proof';
  $('check-go').disabled = check.busy || !check.proof;
  const passkey = known();
  $('passkey-forget').hidden = !passkey;
  $('passkey-state').textContent = whyNoPasskey()
    ?? (passkey ? `This browser’s passkey: ${passkey.keyId.slice(0, 16)}…` : 'The first time, your device makes one.');
}

// ---- the service

async function showService() {
  const place = $('service');
  try {
    const { epochId, enforcement, measurement } = await service.identity();
    place.replaceChildren('Enclave up · tier ', element('b', enforcement), ' · epoch ', element('b', `${epochId.slice(0, 8)}…`));
    place.title = `measurement ${measurement}`;
  } catch (failure) {
    place.textContent = failure.message;
  }
}

/** `occ up` hands its key over in the fragment, which browsers never send. */
function takeKeyFromAddress() {
  const key = new URLSearchParams(location.hash.slice(1)).get('key');
  if (key) {
    $('api-key').value = key;
    history.replaceState(null, '', location.pathname + location.search);
  }
}

// ---- prove

async function takeFiles(files) {
  await doing(prove, 'prove', async () => {
    if (files.length > MAX_FILES) throw new Problem(`At most ${MAX_FILES} files at a time; these are ${files.length}.`);
    prove.files = [];
    $('prove-list').replaceChildren();
    for (const file of files) {
      const digest = await digestOf(file);
      prove.files.push({ name: file.name, digestB64: toBase64(digest) });
      $('prove-list').append(listItem(file.name, sizeText(file.size), `SHA-256 ${toBase64(digest)}`));
    }
  });
}

async function makeProofs() {
  const files = prove.files;
  const key = $('api-key').value.trim();
  const request = { digests: files.map(({ digestB64 }) => ({ digestB64, hashAlg: 'sha256' })) };
  const chain = $('chain').value;
  if (chain) request.chainId = chain;
  if ($('passkey-use').checked) {
    request.agency = await authorise(request.digests[0].digestB64, () => service.challenge(key));
  }
  let proofs;
  let failure = null;
  try {
    proofs = await service.commit(key, request);
  } catch (problem) {
    // What the enclave made before it failed is valid and must not be lost.
    if (!problem.proofs?.length) throw problem;
    proofs = problem.proofs;
    failure = problem;
  }
  $('prove-results').replaceChildren();
  for (const [index, proof] of proofs.entries()) $('prove-results').append(await committedCard(files[index], proof));
  $('prove-results').querySelector('h2').scrollIntoView({ block: 'nearest' });
  if (failure) throw failure;
}

async function committedCard(file, proof) {
  let checked = null;
  try {
    checked = await service.verify(JSON.stringify(proof));
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    say('prove', `The proof was made, but not checked: ${failure.message}`);
  }
  const match = proof.artifact?.digestB64 === file.digestB64 ? 'same' : 'different';
  return proofCard({ title: file.name, proof, match, checked, fileName: `${file.name}.occ.json` });
}

// ---- check

async function takeForCheck(files) {
  await doing(check, 'check', async () => {
    for (const file of files) {
      const proof = await readProof(file);
      if (proof && !(check.proof && files.length === 1 && !file.name.endsWith('.json'))) {
        check.proof = proof;
      } else {
        check.artifact = { name: file.name, size: file.size, digestB64: toBase64(await digestOf(file)) };
      }
    }
    const shown = [];
    if (check.proof) shown.push(listItem(check.proof.name, 'the proof', ''));
    if (check.artifact) shown.push(listItem(check.artifact.name, sizeText(check.artifact.size), `SHA-256 ${check.artifact.digestB64}`));
    $('check-list').replaceChildren(...shown);
    if (!check.proof) throw new Problem('None of these is a proof: drop the .occ.json file too.');
  });
}

/** What a proof of a measured enclave with this PCR0 has to fulfil. */
function policy() {
  const pcr0 = $('pcr0').value.trim();
  if (pcr0 === '') return null;
  if (!/^[0-9a-f]{96}$/.test(pcr0)) throw new Problem('A PCR0 is 96 lower-case hex digits.');
  return {
    requireEnforcement: 'measured-tee',
    allowedMeasurements: [pcr0],
    requireAttestation: true,
    requireAttestationFormat: 'aws-nitro',
    requireSlot: true,
  };
}

async function checkProof() {
  const checked = await service.verify(check.proof.text, policy());
  const digest = check.artifact?.digestB64;
  const match = !digest ? 'none' : digest === check.proof.proof.artifact?.digestB64 ? 'same' : 'different';
  $('check-results').replaceChildren(
    proofCard({ title: check.artifact?.name ?? check.proof.name, proof: check.proof.proof, match, checked, fileName: null }));
}

// ---- tabs

function select(name) {
  for (const other of ['prove', 'check']) {
    const on = other === name;
    $(other).hidden = !on;
    $(`tab-${other}`).setAttribute('aria-selected', String(on));
    $(`tab-${other}`).tabIndex = on ? 0 : -1;
  }
}

for (const name of ['prove', 'check']) {
  const tab = $(`tab-${name}`);
  tab.addEventListener('click', () => select(name));
  tab.addEventListener('keydown', (event) => {
    if (event.key !== 'ArrowLeft' && event.key !== 'ArrowRight') return;
    const next = name === 'prove' ? 'check' : 'prove';
    select(next);
    $(`tab-${next}`).focus();
  });
}

// ---- start

// A file that misses its area must not replace the page.
for (const type of ['dragover', 'drop']) window.addEventListener(type, (event) => event.preventDefault());
acceptFiles($('prove-drop'), $('prove-file'), takeFiles);
acceptFiles($('check-drop'), $('check-file'), takeForCheck);
$('prove-form').addEventListener('submit', (event) => {
  event.preventDefault();
  doing(prove, 'prove', makeProofs);
});
$('check-form').addEventListener('submit', (event) => {
  event.preventDefault();
  doing(check, 'check', checkProof);
});
$('passkey-forget').addEventListener('click', () => {
  forget();
  refresh();
});
const obstacle = whyNoHashing();
if (obstacle) say('prove', obstacle);
$('passkey-box').hidden = false;
$('passkey-use').disabled = whyNoPasskey() !== null;
takeKeyFromAddress();
refresh();
showService();
