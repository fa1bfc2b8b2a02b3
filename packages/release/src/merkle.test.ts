import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  consistencyProof,
  emptyLogRoot,
  inclusionProof,
  recordHash,
  treeHash,
  verifyConsistency,
  verifyInclusion,
  type LogHead,
} from './index.ts';

// The test data of the Certificate Transparency reference implementation.
const inputs = ['', '00', '10', '2021', '3031', '40414243', '5051525354555657', '606162636465666768696a6b6c6d6e6f'];
const roots = [
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

const leaves = Array.from({ length: 40 }, (_, index) => recordHash(Buffer.from(`entry ${index}`)));
const rangeHash = (from: number, to: number): Promise<string> => Promise.resolve(treeHash(leaves, from, to));
const headOf = (size: number): LogHead => ({ size, root: treeHash(leaves, 0, size) });

test('treeHash gives the roots of the reference implementation', () => {
  const hashes = inputs.map((input) => recordHash(Buffer.from(input, 'hex')));
  for (const [index, root] of roots.entries()) assert.equal(treeHash(hashes, 0, index + 1), root);
  assert.equal(treeHash([]), emptyLogRoot);
  assert.equal(emptyLogRoot, 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
});

test('verifyInclusion accepts each proof for its own leaf, index and root, and nothing else', async () => {
  for (let size = 1; size <= leaves.length; size++) {
    for (let index = 0; index < size; index++) {
      const proof = await inclusionProof(rangeHash, index, size);
      const leaf = leaves[index]!;
      assert.ok(verifyInclusion(headOf(size), index, leaf, proof), `${index} of ${size}`);
      assert.ok(!verifyInclusion(headOf(size), index, recordHash(Buffer.from('other')), proof));
      assert.ok(!verifyInclusion(headOf(size), index, leaf, [...proof, leaf]));
      if (size > 1) assert.ok(!verifyInclusion(headOf(size), (index + 1) % size, leaf, proof));
      for (const at of proof.keys())
        assert.ok(!verifyInclusion(headOf(size), index, leaf, proof.toSpliced(at, 1, leaf)));
    }
  }
  await assert.rejects(inclusionProof(rangeHash, 3, 3), { code: 'invalid' });
});

test('verifyConsistency accepts each continuation, and refuses forks and shorter logs', async () => {
  for (let size = 1; size <= leaves.length; size++) {
    for (let old = 0; old <= size; old++) {
      const proof = await consistencyProof(rangeHash, old, size);
      const before = headOf(old);
      assert.ok(verifyConsistency(before, headOf(size), proof), `${old} to ${size}`);
      if (old > 0)
        assert.ok(!verifyConsistency({ size: old, root: recordHash(Buffer.from('fork')) }, headOf(size), proof));
      for (const at of proof.keys())
        assert.ok(!verifyConsistency(before, headOf(size), proof.toSpliced(at, 1, recordHash(Buffer.from('x')))));
      assert.ok(!verifyConsistency(before, headOf(size), [...proof, before.root]));
      if (old < size) assert.ok(!verifyConsistency(headOf(size), before, proof));
    }
  }
});
