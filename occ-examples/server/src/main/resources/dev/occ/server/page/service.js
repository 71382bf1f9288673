// The HTTP API of the parent (spec 14).
import { Problem } from './files.js';

const WAIT_MS = 60000;
const DIGESTS_AT_ONCE = 100;

/** Codes of answers after which nothing was made (docs/client.md). */
const NOTHING_MADE = ['busy', 'closing', 'closed', 'too-many-slots', 'enclave-busy'];

/** The service answered with an error, or not at all. */
export class ServiceError extends Problem {
  constructor(message, status, code, proofs = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.proofs = proofs;
  }
}

async function call(method, path, { key = '', body } = {}) {
  const headers = {};
  if (key) headers.Authorization = `Bearer ${key}`;
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  let response;
  let answer;
  try {
    response = await fetch(path, { method, headers, body, cache: 'no-store', signal: AbortSignal.timeout(WAIT_MS) });
    answer = await response.json();
  } catch (failure) {
    if (failure.name === 'TimeoutError') {
      throw new ServiceError(`The service did not answer within ${WAIT_MS / 1000} s.`, undefined, failure.name);
    }
    throw new ServiceError(
      response ? `The service answered ${response.status} with something other than JSON.`
        : 'The service does not answer. Is it running?', response?.status, failure.name);
  }
  if (!response.ok) {
    const again = response.headers.get('Retry-After');
    throw new ServiceError(
      `${explain(response.status)} The service says: ${answer.error ?? 'nothing'}${again ? ` (try again in ${again} s)` : ''}`,
      response.status, answer.code, Array.isArray(answer.proofs) ? answer.proofs : []);
  }
  return answer;
}

function explain(status) {
  switch (status) {
    case 401: return 'The API key is missing or unknown to this service.';
    case 413: return 'The request is too large.';
    case 429: return 'Too many requests at once.';
    case 503: return 'The enclave is not available.';
    default: return `The service refused the request (${status}).`;
  }
}

/** Who the enclave is: public key, measurement, tier, epoch. */
export const identity = () => call('GET', 'key');

/** A challenge that commits to the intent of this hash, and the nonce in it. */
export const challenge = (key, intentHashB64) => call('POST', 'challenge', { key, body: JSON.stringify({ intentHashB64 }) });

/**
 * One proof for each digest, in order. Few at once, so that a slow enclave still answers in time; an authorized commit
 * is one request, because the first one spends its challenge. A failure carries the proofs that were made before it.
 */
export async function commit(key, request) {
  const atOnce = request.agency ? request.digests.length : DIGESTS_AT_ONCE;
  const made = [];
  for (let start = 0; start < request.digests.length; start += atOnce) {
    const digests = request.digests.slice(start, start + atOnce);
    try {
      made.push(...await commitOnce(key, { ...request, digests }));
    } catch (failure) {
      if (!(failure instanceof ServiceError)) throw failure;
      throw new ServiceError(
        isOpen(failure) ? `${failure.message} ${UNKNOWN}` : failure.message,
        failure.status, failure.code, [...made, ...failure.proofs]);
    }
  }
  return made;
}

async function commitOnce(key, request) {
  const proofs = await call('POST', 'commit', { key, body: JSON.stringify(request) });
  if (!Array.isArray(proofs) || proofs.length !== request.digests.length) {
    throw new ServiceError('The service did not answer with one proof for each file.');
  }
  return proofs;
}

const UNKNOWN = 'Whether it made proofs that are not shown here is not known.'
  + ' Making them again is safe, but makes other proofs.';

/** Whether the enclave may have made proofs that did not arrive. */
function isOpen({ status, code }) {
  return !(status >= 400 && status < 500) && !NOTHING_MADE.includes(code);
}

/** The checks of a proof, whose text is sent exactly as it was read. */
export function verify(proofText, policy) {
  // What stands in the file must be one value: anything more could add members to the request.
  JSON.parse(proofText);
  const rest = policy ? `,"policy":${JSON.stringify(policy)}` : '';
  return call('POST', 'verify', { body: `{"proof":${proofText}${rest}}` });
}
