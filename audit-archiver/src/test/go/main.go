// Verifies an Aether archive with Go's own sumdb packages: nothing here knows how Aether writes it.
//
//	go run . ARCHIVE VKEYFILE...
//
// It checks the signature of the checkpoint, reads every entry, proves each one's inclusion and demands that the tree of
// the checkpoint begins with the tree of every sealed checkpoint, and of every one that a witness has cosigned, whose
// signature it checks. Of a log whose key has changed it takes all keys, the
// first one first, and demands that each has signed the statement by which it hands over, and so has the next; the
// checkpoints must be signed by the key that has the log at their size. Where the next key has another name, a new epoch
// of the log begins with it: it alone signs, and shows that the one before had signed more than is left.
package main

import (
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const height = 8

type tiles struct{ dir string }

func (t tiles) Height() int { return height }

func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}

func (t tiles) ReadTiles(wanted []tlog.Tile) ([][]byte, error) {
	var all [][]byte
	for _, tile := range wanted {
		data, err := t.read(tile)
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

// The one line that maps Go's paths to C2SP's: tile/8/0/000 is tile/0/000, tile/8/data/000 is tile/entries/000.
func path(tile tlog.Tile) string {
	return strings.Replace(strings.Replace(tile.Path(), "tile/8/", "tile/", 1), "/data/", "/entries/", 1)
}

func (t tiles) read(tile tlog.Tile) ([]byte, error) {
	data, err := os.ReadFile(filepath.Join(t.dir, path(tile)))
	if !os.IsNotExist(err) {
		return data, err
	}
	full := tile
	full.W = 1 << height
	data, err = os.ReadFile(filepath.Join(t.dir, path(full)))
	if err == nil && tile.L >= 0 && len(data) >= tile.W*tlog.HashSize {
		data = data[:tile.W*tlog.HashSize]
	}
	return data, err
}

// Where a key hands over to the next: at this size both sign, beyond it only the next.
type handover struct {
	size int64
	root tlog.Hash
}

func handovers(dir string, keys []verifier) ([]handover, error) {
	var all []handover
	for i := 1; i < len(keys); i++ {
		read := statement
		if keys[i].Name() != keys[i-1].Name() {
			read = base
		}
		at, err := read(dir, i, keys[i-1], keys[i])
		if err != nil {
			return nil, err
		}
		all = append(all, at)
	}
	return all, nil
}

func statement(dir string, i int, from, to verifier) (handover, error) {
	var at handover
	file := filepath.Join(dir, "keys", fmt.Sprintf("%d.statement", i))
	data, err := os.ReadFile(file)
	if err != nil {
		return at, err
	}
	for _, key := range []verifier{from, to} {
		if _, err := note.Open(data, note.VerifierList(key)); err != nil {
			return at, fmt.Errorf("%s: %w", file, err)
		}
	}
	var number int
	var root, after string
	form := "aether.audit/key@v1\n" + to.Name() + "\nnumber %d\nsize %d\nroot %s\nafter %s\n"
	if _, err := fmt.Sscanf(string(data), form, &number, &at.size, &root, &after); err != nil || number != i {
		return at, fmt.Errorf("%s is no statement of key %d: %v", file, i, err)
	}
	at.root, err = tlog.ParseHash(root)
	return at, err
}

// A key, with the text that it was read from.
type verifier struct {
	note.Verifier
	vkey string
}

type log struct {
	keys      []verifier
	handovers []handover
}

func (l log) checkpoint(file string) (tlog.Tree, error) {
	var err error
	for i, key := range l.keys {
		tree, failed := checkpoint(file, key)
		if failed != nil {
			err = failed
			continue
		}
		if i < len(l.handovers) && tree.N > l.handovers[i].size {
			return tree, fmt.Errorf("%s is signed with a key that had handed over at %d", file, l.handovers[i].size)
		}
		if i > 0 && tree.N < l.handovers[i-1].size {
			return tree, fmt.Errorf("%s is signed with a key that began at %d", file, l.handovers[i-1].size)
		}
		for _, at := range l.handovers {
			if at.size == tree.N && at.root != tree.Hash {
				return tree, fmt.Errorf("%s is another tree than the statement at %d swears to", file, at.size)
			}
		}
		return tree, nil
	}
	return tlog.Tree{}, err
}

func checkpoint(file string, key note.Verifier) (tlog.Tree, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, err
	}
	return signedTree(file, data, key)
}

func signedTree(file string, data []byte, key note.Verifier) (tlog.Tree, error) {
	signed, err := note.Open(data, note.VerifierList(key))
	if err != nil {
		return tlog.Tree{}, err
	}
	lines := strings.SplitN(signed.Text, "\n", 4)
	var tree tlog.Tree
	if lines[0] != key.Name() {
		return tree, fmt.Errorf("%s is of the log %s", file, lines[0])
	}
	if _, err := fmt.Sscan(lines[1], &tree.N); err != nil {
		return tree, err
	}
	tree.Hash, err = tlog.ParseHash(lines[2])
	return tree, err
}

func entries(t tiles, bundle, size int64) ([][]byte, error) {
	width := min(size-bundle<<height, 1<<height)
	data, err := t.read(tlog.Tile{H: height, L: -1, N: bundle, W: int(width)})
	if err != nil {
		return nil, err
	}
	var all [][]byte
	for range width {
		if len(data) < 2 || len(data)-2 < int(binary.BigEndian.Uint16(data)) {
			return nil, fmt.Errorf("bundle %d ends within an entry", bundle)
		}
		end := 2 + int(binary.BigEndian.Uint16(data))
		all = append(all, data[2:end])
		data = data[end:]
	}
	return all, nil
}

func verify(dir string, vkeyFiles []string) (tlog.Tree, error) {
	var l log
	for _, file := range vkeyFiles {
		vkey, err := os.ReadFile(file)
		if err != nil {
			return tlog.Tree{}, err
		}
		text := strings.TrimSpace(string(vkey))
		key, err := note.NewVerifier(text)
		if err != nil {
			return tlog.Tree{}, err
		}
		l.keys = append(l.keys, verifier{key, text})
	}
	var err error
	if l.handovers, err = handovers(dir, l.keys); err != nil {
		return tlog.Tree{}, err
	}
	tree, err := l.checkpoint(filepath.Join(dir, "checkpoint"))
	if err != nil {
		return tree, err
	}
	t := tiles{dir}
	hashes := tlog.TileHashReader(tree, t)
	for bundle := int64(0); bundle<<height < tree.N; bundle++ {
		all, err := entries(t, bundle, tree.N)
		if err != nil {
			return tree, err
		}
		for i, entry := range all {
			index := bundle<<height + int64(i)
			proof, err := tlog.ProveRecord(tree.N, index, hashes)
			if err != nil {
				return tree, err
			}
			if err := tlog.CheckRecord(proof, tree.N, tree.Hash, index, tlog.RecordHash(entry)); err != nil {
				return tree, fmt.Errorf("entry %d: %w", index, err)
			}
		}
	}
	return tree, consistent(dir, l, tree, hashes)
}

func consistent(dir string, l log, tree tlog.Tree, hashes tlog.HashReader) error {
	sealed, err := filepath.Glob(filepath.Join(dir, "checkpoints", "*"))
	if err != nil {
		return err
	}
	signed, err := filepath.Glob(filepath.Join(dir, "cosigned", "*"))
	if err != nil {
		return err
	}
	for _, file := range signed {
		if err := cosigned(dir, file); err != nil {
			return err
		}
	}
	for _, file := range append(sealed, signed...) {
		old, err := l.checkpoint(file)
		if err != nil {
			return err
		}
		if old.N == 0 || old.N > tree.N {
			continue
		}
		proof, err := tlog.ProveTree(tree.N, old.N, hashes)
		if err != nil {
			return err
		}
		if err := tlog.CheckTree(proof, tree.N, tree.Hash, old.N, old.Hash); err != nil {
			return fmt.Errorf("%s: %w", file, err)
		}
	}
	return nil
}

func main() {
	if len(os.Args) < 3 {
		fmt.Fprintln(os.Stderr, "usage: go run . ARCHIVE VKEYFILE...")
		os.Exit(2)
	}
	tree, err := verify(os.Args[1], os.Args[2:])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("verified %d entries, root %s\n", tree.N, tree.Hash)
}
