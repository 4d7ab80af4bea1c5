package main

import (
	"errors"
	"fmt"
	"os"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

// receipt checks that a replica has signed that exactly this record is in its journal. Its key is
// one of those that GET /v1/receipt-keys answers.
func receipt(keysFile, recordFile, proofFile string) error {
	record, err := os.ReadFile(recordFile)
	if err != nil {
		return err
	}
	proof, err := os.ReadFile(proofFile)
	if err != nil {
		return err
	}
	head, signed, found := strings.Cut(string(proof), "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 3 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return errors.New("this is not a receipt")
	}
	leaf, err := tlog.ParseHash(strings.TrimPrefix(lines[1], "extra "))
	if err != nil || leaf != tlog.RecordHash(record) {
		return errors.New("the receipt is of another record")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[2], "index "), 10, 64)
	if err != nil {
		return err
	}
	hashes := tlog.RecordProof{}
	for _, line := range lines[3:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return err
		}
		hashes = append(hashes, hash)
	}
	tree, origin, positions, err := batch(keysFile, []byte(signed))
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(hashes, tree.N, tree.Hash, index, leaf); err != nil {
		return fmt.Errorf("the record is not what was signed: %w", err)
	}
	fmt.Printf("The record is number %d of %s, %s.\n", index, origin, positions)
	return nil
}

// batch verifies what a replica signed about the records of one force.
func batch(keysFile string, signed []byte) (tlog.Tree, string, string, error) {
	var keys struct {
		Keys []struct{ Origin, Vkey string }
	}
	if err := readJSON(keysFile, &keys); err != nil {
		return tlog.Tree{}, "", "", err
	}
	var verifiers []note.Verifier
	for _, key := range keys.Keys {
		verifier, err := note.NewVerifier(key.Vkey)
		if err != nil {
			return tlog.Tree{}, "", "", err
		}
		verifiers = append(verifiers, verifier)
	}
	opened, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return tlog.Tree{}, "", "", fmt.Errorf("the signature: %w", err)
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 5 || lines[0] != opened.Sigs[0].Name {
		return tlog.Tree{}, "", "", errors.New("this was not signed as a receipt")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, "", "", err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, lines[0], lines[3], err
}
