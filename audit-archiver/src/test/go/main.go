// Verifies an Aether archive with Go's own sumdb packages: nothing here knows how Aether writes it.
//
//	go run . ARCHIVE VKEYFILE
//
// It checks the signature of the checkpoint, reads every entry, proves each one's inclusion and demands that the tree of
// the checkpoint begins with the tree of every sealed checkpoint.
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

func checkpoint(file string, key note.Verifier) (tlog.Tree, error) {
	data, err := os.ReadFile(file)
	if err != nil {
		return tlog.Tree{}, err
	}
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

func verify(dir, vkeyFile string) (tlog.Tree, error) {
	vkey, err := os.ReadFile(vkeyFile)
	if err != nil {
		return tlog.Tree{}, err
	}
	key, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	if err != nil {
		return tlog.Tree{}, err
	}
	tree, err := checkpoint(filepath.Join(dir, "checkpoint"), key)
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
	return tree, consistent(dir, key, tree, hashes)
}

func consistent(dir string, key note.Verifier, tree tlog.Tree, hashes tlog.HashReader) error {
	sealed, err := filepath.Glob(filepath.Join(dir, "checkpoints", "*"))
	if err != nil {
		return err
	}
	for _, file := range sealed {
		old, err := checkpoint(file, key)
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
	if len(os.Args) != 3 {
		fmt.Fprintln(os.Stderr, "usage: go run . ARCHIVE VKEYFILE")
		os.Exit(2)
	}
	tree, err := verify(os.Args[1], os.Args[2])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("verified %d entries, root %s\n", tree.N, tree.Hash)
}
