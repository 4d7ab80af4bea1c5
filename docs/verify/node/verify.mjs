// Checks one entry of a MeshGuard audit log with the code that npm's provenance is verified with
// (@sigstore/verify). It asks no server: node verify.mjs <keys.json> <opened.json> <entry.tlog-proof>
import { createHash, createPublicKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);
const { verifyCheckpoint } = require('@sigstore/verify/dist/tlog/checkpoint.js');
const { verifyMerkleInclusion } = require('@sigstore/verify/dist/tlog/merkle.js');

const [keysFile, openedFile, proofFile] = process.argv.slice(2);
const base64 = (text) => Buffer.from(text, 'base64');

// A key as signed notes have it, <name>+<id>+<key>, as @sigstore/verify wants a log.
function log({ vkey }) {
  const [name, id, key] = vkey.split(/\+(.*?)\+(.*)/s);
  const ed25519 = Buffer.from('302a300506032b6570032100', 'hex');
  const publicKey = createPublicKey({
    key: Buffer.concat([ed25519, base64(key).subarray(1)]),
    format: 'der',
    type: 'spki',
  });
  return { baseURL: name, logID: Buffer.from(id, 'hex'), publicKey };
}

try {
  const logs = JSON.parse(readFileSync(keysFile, 'utf8')).logs.map(log);
  const opened = JSON.parse(readFileSync(openedFile, 'utf8'));
  const proof = readFileSync(proofFile, 'utf8');
  const end = proof.indexOf('\n\n');
  const [first, index, ...hashes] = proof.slice(0, end).split('\n');
  if (first !== 'c2sp.org/tlog-proof@v1') throw new Error('this is not a tlog-proof');
  if (opened.damaged) throw new Error('the stored record was changed');

  const leaf = base64(opened.leaf);
  const entry = {
    canonicalizedBody: leaf,
    inclusionProof: {
      logIndex: index.replace('index ', ''),
      hashes: hashes.map(base64),
      checkpoint: { envelope: proof.slice(end + 2) },
    },
  };
  const checkpoint = verifyCheckpoint(entry, logs);
  verifyMerkleInclusion(entry, checkpoint);
  console.log(
    `The leaf is number ${entry.inclusionProof.logIndex} of the ${checkpoint.logSize} in log ${checkpoint.origin}.`,
  );

  if (opened.record) {
    const record = base64(opened.record);
    const made = createHash('sha256').update(base64(opened.salt ?? '')).update(record).digest('base64');
    if (!leaf.equals(record) && JSON.parse(leaf).commitment !== made) {
      throw new Error('the record is not the one that the leaf commits to');
    }
    console.log('The leaf commits to exactly this record.');
  }
} catch (e) {
  console.error('NOT VERIFIED:', e.message);
  process.exit(1);
}
