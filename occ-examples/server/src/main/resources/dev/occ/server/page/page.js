// Wires the page: two tabs, files in, proofs out.
import { toBase64 } from './bytes.js';
import { downloadLink, element, hexOf, proofCard, proofText, tierText } from './explain.js';
import { Problem, acceptFiles, digestOf, readProof, sizeText, whyNoHashing } from './files.js';
import { authorize, forget, known, whyNoPasskey } from './passkey.js';
import * as service from './service.js';
import { shown } from './shown.js';
import { zip } from './zip.js';

const MAX_FILES = 1000;
/** How often the header asks the service again while the page is seen. */
const ASK_AGAIN_MS = 10000;
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
    showService();
  }
}

/** A file in a list, with its SHA-256 as sha256sum prints it and as proofs hold it. */
function listItem(name, size, digestB64) {
  const item = document.createElement('li');
  item.append(element('span', shown(name), 'name'), element('span', size, 'size'));
  if (digestB64) {
    item.append(element('span', `SHA-256 ${hexOf(digestB64)}`, 'hash'), element('span', `Base64 ${digestB64}`, 'hash'));
  }
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

/** The header: what the service says of its enclave now, not what it said when the page was loaded. */
async function showService() {
  const place = $('service');
  let parts;
  let title = '';
  try {
    const { epochId, enforcement, measurement } = await service.identity();
    parts = ['Enclave up · ', element('b', tierText(enforcement)), ' · epoch ', element('b', `${shown(epochId).slice(0, 8)}…`)];
    title = `The service says: measurement ${shown(measurement)}`;
  } catch (failure) {
    if (!(failure instanceof Problem)) throw failure;
    parts = [failure.message];
  }
  place.classList.toggle('away', title === '');
  place.title = title;
  // A status that did not change is not read out again.
  const text = parts.map((part) => part.textContent ?? part).join('');
  if (place.textContent !== text) place.replaceChildren(...parts);
}

/** Asks again and again, but not for a page that nobody sees. */
async function followService() {
  if (document.visibilityState === 'visible') await showService();
  setTimeout(followService, ASK_AGAIN_MS);
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
      $('prove-list').append(listItem(file.name, sizeText(file.size), toBase64(digest)));
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
    request.agency = await authorize(request, {
      getIdentity: service.identity,
      getChallenge: (intentHashB64) => service.challenge(key, intentHashB64),
      tell: tellIntent,
    });
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
  const results = $('prove-results');
  results.replaceChildren();
  if (proofs.length > 1) results.append(downloadAll(files, proofs));
  for (const [index, proof] of proofs.entries()) results.append(await committedCard(files[index], proof));
  $('prove-results').querySelector('h2').scrollIntoView({ block: 'nearest' });
  if (failure) throw failure;
}

/** What the passkey is about to sign for, as long as it is asked. */
function tellIntent({ digests, chainId, epochId }) {
  const what = digests.length === 1 ? `the file with SHA-256 ${hexOf(digests[0])}` : `these ${digests.length} files`;
  $('passkey-state').textContent = `You authorize ${what} on chain ${shown(chainId)} in epoch ${shown(epochId).slice(0, 8)}…, and nothing else.`;
}

/** One archive with every proof beside the name of its file; names that come twice are numbered. */
function downloadAll(files, proofs) {
  const taken = new Set();
  const entries = proofs.map((proof, index) => {
    const { name } = files[index];
    let entry = `${name}.occ.json`;
    for (let number = 2; taken.has(entry); number += 1) entry = `${name} (${number}).occ.json`;
    taken.add(entry);
    return [entry, proofText(proof)];
  });
  const place = element('p', '', 'actions all');
  place.append(downloadLink(`Download all ${proofs.length} proofs`, 'proofs.zip', zip(entries)));
  return place;
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
    if (check.artifact) shown.push(listItem(check.artifact.name, sizeText(check.artifact.size), check.artifact.digestB64));
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
document.addEventListener('visibilitychange', () => {
  if (document.visibilityState === 'visible') showService();
});
followService();
