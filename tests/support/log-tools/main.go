// log-tools checks a running portal with what others wrote: the checkpoint's signature, every entry of the log over the
// tiles, and the proof of one page. Usage: log-tools ADDRESS VKEY PROOF ENTRY, the last two being files.
package main

import (
	"context"
	"fmt"
	"os"

	"filippo.io/torchwood"
	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	if err := check(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

func check(address, vkey, proofFile, entryFile string) error {
	verifier, err := note.NewVerifier(vkey)
	if err != nil {
		return err
	}
	// Our logs are called as their keys are.
	policy := torchwood.ThresholdPolicy(2, torchwood.OriginPolicy(verifier.Name()), torchwood.SingleVerifierPolicy(verifier))
	tiles, err := torchwood.NewTileFetcher(address + "/.well-known/chengmen")
	if err != nil {
		return err
	}
	signed, err := tiles.ReadEndpoint(context.Background(), "checkpoint")
	if err != nil {
		return err
	}
	checkpoint, _, err := torchwood.VerifyCheckpoint(signed, policy)
	if err != nil {
		return err
	}
	client, err := torchwood.NewClient(tiles)
	if err != nil {
		return err
	}
	entries := int64(0)
	for range client.AllEntries(context.Background(), checkpoint.Tree, 0) {
		entries++
	}
	if err := client.Err(); err != nil {
		return err
	}
	proof, err := os.ReadFile(proofFile)
	if err != nil {
		return err
	}
	entry, err := os.ReadFile(entryFile)
	if err != nil {
		return err
	}
	if err := torchwood.VerifyProof(policy, tlog.RecordHash(entry), proof); err != nil {
		return err
	}
	fmt.Printf("%s %d %d\n", checkpoint.Origin, checkpoint.N, entries)
	return nil
}
