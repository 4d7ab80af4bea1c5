// Verify checks what a MeshGuard audit log shows, with the packages that Go's own checksum database
// is verified with (golang.org/x/mod/sumdb). It asks no server: everything is read from files.
//
//	verify entry <keys.json> <opened.json> <entry.tlog-proof>
//	verify consistency <keys.json> <old checkpoint> <new checkpoint> <consistency.json>
//	verify log <keys.json> <directory>...
//	verify receipt <receipt-keys.json> <record> <receipt>
package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

func main() {
	args := os.Args[1:]
	var err error
	switch {
	case len(args) == 4 && args[0] == "entry":
		err = entry(args[1], args[2], args[3])
	case len(args) == 5 && args[0] == "consistency":
		err = consistency(args[1], args[2], args[3], args[4])
	case len(args) == 4 && args[0] == "receipt":
		err = receipt(args[1], args[2], args[3])
	case len(args) >= 3 && args[0] == "log":
		err = logs(args[1], args[2:])
	default:
		err = errors.New("usage: verify entry|consistency|log|receipt <keys.json> <files>")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "NOT VERIFIED:", err)
		os.Exit(1)
	}
}

// entry checks that a record is what its leaf commits to, and that the leaf is in the log.
func entry(keysFile, openedFile, proofFile string) error {
	var opened struct {
		Leaf, Salt, Record []byte
		Damaged            bool
	}
	if err := readJSON(openedFile, &opened); err != nil {
		return err
	}
	if opened.Damaged {
		return errors.New("the stored record is not the one that the leaf commits to: it was changed")
	}
	proof, err := os.ReadFile(proofFile)
	if err != nil {
		return err
	}
	index, hashes, signed, err := parseProof(string(proof))
	if err != nil {
		return err
	}
	tree, origin, err := checkpoint(keysFile, []byte(signed))
	if err != nil {
		return err
	}
	if err := tlog.CheckRecord(hashes, tree.N, tree.Hash, index, tlog.RecordHash(opened.Leaf)); err != nil {
		return fmt.Errorf("the leaf is not in the log: %w", err)
	}
	fmt.Printf("The leaf is number %d of the %d in log %s.\n", index, tree.N, origin)
	return commitment(opened.Leaf, opened.Salt, opened.Record)
}

// commitment checks that a record and its salt are those that the leaf commits to.
func commitment(leaf, salt, record []byte) error {
	if record == nil {
		fmt.Println("Its record was erased; that there was one, and when, is what the leaf proves.")
		return nil
	}
	if bytes.Equal(leaf, record) {
		fmt.Println("The leaf is the record itself.")
		return nil
	}
	var committed struct{ Commitment []byte }
	if err := json.Unmarshal(leaf, &committed); err != nil {
		return fmt.Errorf("the leaf: %w", err)
	}
	made := sha256.Sum256(append(bytes.Clone(salt), record...))
	if !bytes.Equal(made[:], committed.Commitment) {
		return errors.New("the record is not the one that the leaf commits to")
	}
	fmt.Println("The leaf commits to exactly this record.")
	return nil
}

// consistency checks that nothing was changed or removed between two checkpoints.
func consistency(keysFile, oldFile, newFile, proofFile string) error {
	older, _, err := checkpointFile(keysFile, oldFile)
	if err != nil {
		return err
	}
	newer, origin, err := checkpointFile(keysFile, newFile)
	if err != nil {
		return err
	}
	var answer struct{ Hashes [][]byte }
	if err := readJSON(proofFile, &answer); err != nil {
		return err
	}
	if older.N > 0 {
		proof := make(tlog.TreeProof, len(answer.Hashes))
		for i, hash := range answer.Hashes {
			copy(proof[i][:], hash)
		}
		if err := tlog.CheckTree(proof, newer.N, newer.Hash, older.N, older.Hash); err != nil {
			return fmt.Errorf("the new log does not continue the old one: %w", err)
		}
	}
	fmt.Printf("Log %s of %d leaves continues the one of %d.\n", origin, newer.N, older.N)
	return nil
}

// logs walks whole logs, each a directory with what the tlog-tiles API serves: checkpoint,
// tile/<L>/<N>[.p/<W>] and tile/entries/<N>[.p/<W>].
func logs(keysFile string, directories []string) error {
	failed := 0
	for _, directory := range directories {
		tree, err := walk(keysFile, directory)
		if err != nil {
			failed++
			fmt.Printf("%s: NOT VERIFIED: %v\n", directory, err)
		} else {
			fmt.Printf("%s: all %d leaves verified\n", directory, tree.N)
		}
	}
	if failed > 0 {
		return fmt.Errorf("%d of %d logs", failed, len(directories))
	}
	return nil
}

func walk(keysFile, directory string) (tlog.Tree, error) {
	tree, _, err := checkpointFile(keysFile, filepath.Join(directory, "checkpoint"))
	if err != nil {
		return tree, err
	}
	reader := tlog.TileHashReader(tree, files(directory))
	for first := int64(0); first < tree.N; first += 256 {
		count := min(256, tree.N-first)
		var indexes []int64
		for i := first; i < first+count; i++ {
			indexes = append(indexes, tlog.StoredHashIndex(0, i))
		}
		// Checked against the checkpoint on the way: that is what a TileHashReader does.
		hashes, err := reader.ReadHashes(indexes)
		if err != nil {
			return tree, err
		}
		leaves, err := bundle(directory, first/256, int(count))
		if err != nil {
			return tree, err
		}
		for i, leaf := range leaves {
			if tlog.RecordHash(leaf) != hashes[i] {
				return tree, fmt.Errorf("leaf %d is not the one that was signed", first+int64(i))
			}
		}
	}
	return tree, nil
}

// bundle reads up to 256 leaves, each behind its length in two bytes.
func bundle(directory string, number int64, count int) ([][]byte, error) {
	path := tlog.Tile{H: 8, L: 0, N: number, W: count}.Path()
	path = strings.Replace(strings.TrimPrefix(path, "tile/8/0"), "/", "tile/entries/", 1)
	data, err := os.ReadFile(filepath.Join(directory, path))
	if err != nil {
		return nil, err
	}
	var leaves [][]byte
	for len(data) >= 2 {
		length := int(binary.BigEndian.Uint16(data))
		if len(data) < 2+length {
			return nil, fmt.Errorf("%s is cut off", path)
		}
		leaves = append(leaves, data[2:2+length])
		data = data[2+length:]
	}
	if len(data) != 0 || len(leaves) != count {
		return nil, fmt.Errorf("%s has %d leaves, not %d", path, len(leaves), count)
	}
	return leaves, nil
}

// files reads tiles from a directory. Its paths have no height: tlog-tiles' is always 8.
type files string

func (f files) Height() int { return 8 }

func (f files) ReadTiles(tiles []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range tiles {
		path := strings.Replace(tile.Path(), "tile/8/", "tile/", 1)
		data, err := os.ReadFile(filepath.Join(string(f), path))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func (f files) SaveTiles([]tlog.Tile, [][]byte) {}

// checkpoint verifies a signed note with the key that is kept for its log.
func checkpoint(keysFile string, signed []byte) (tlog.Tree, string, error) {
	var keys struct {
		Logs []struct{ Origin, Vkey string }
	}
	if err := readJSON(keysFile, &keys); err != nil {
		return tlog.Tree{}, "", err
	}
	var verifiers []note.Verifier
	for _, key := range keys.Logs {
		verifier, err := note.NewVerifier(key.Vkey)
		if err != nil {
			return tlog.Tree{}, "", err
		}
		verifiers = append(verifiers, verifier)
	}
	opened, err := note.Open(signed, note.VerifierList(verifiers...))
	if err != nil {
		return tlog.Tree{}, "", fmt.Errorf("the checkpoint: %w", err)
	}
	// The same bytes have one spelling in base64.
	if !strings.Contains(string(signed), " "+canonical(opened.Sigs[0].Base64)+"\n") {
		return tlog.Tree{}, "", errors.New("the checkpoint: the signature is spelled in another way")
	}
	lines := strings.Split(opened.Text, "\n")
	if len(lines) != 4 || lines[0] != opened.Sigs[0].Name {
		return tlog.Tree{}, "", errors.New("the checkpoint is not one of this log")
	}
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return tlog.Tree{}, "", err
	}
	hash, err := tlog.ParseHash(lines[2])
	return tlog.Tree{N: size, Hash: hash}, lines[0], err
}

func canonical(text string) string {
	bytes, err := base64.StdEncoding.DecodeString(text)
	if err != nil {
		return "\n"
	}
	return base64.StdEncoding.EncodeToString(bytes)
}

func checkpointFile(keysFile, file string) (tlog.Tree, string, error) {
	signed, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, "", err
	}
	return checkpoint(keysFile, signed)
}

// parseProof reads a .tlog-proof file (c2sp.org/tlog-proof).
func parseProof(text string) (int64, tlog.RecordProof, string, error) {
	head, signed, found := strings.Cut(text, "\n\n")
	lines := strings.Split(head, "\n")
	if !found || len(lines) < 2 || lines[0] != "c2sp.org/tlog-proof@v1" {
		return 0, nil, "", errors.New("this is not a tlog-proof")
	}
	index, err := strconv.ParseInt(strings.TrimPrefix(lines[1], "index "), 10, 64)
	if err != nil {
		return 0, nil, "", err
	}
	proof := tlog.RecordProof{}
	for _, line := range lines[2:] {
		hash, err := tlog.ParseHash(line)
		if err != nil {
			return 0, nil, "", err
		}
		proof = append(proof, hash)
	}
	return index, proof, signed, nil
}

func readJSON(file string, into any) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	if err := json.Unmarshal(data, into); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
