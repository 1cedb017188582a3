// Proves every line of events.jsonl with Go's own sumdb packages: nothing here is Aether's.
//
//	go run . ../log/log.vkey        (better: the key as you got it from elsewhere)
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

type tiles struct{ dir string }

func (t tiles) Height() int                       { return 8 }
func (t tiles) SaveTiles([]tlog.Tile, [][]byte) {}
func (t tiles) ReadTiles(wanted []tlog.Tile) (all [][]byte, err error) {
	for _, tile := range wanted {
		// The one line that maps Go's paths to C2SP's: tile/8/0/000 is tile/0/000.
		data, err := os.ReadFile(filepath.Join(t.dir, strings.Replace(tile.Path(), "tile/8/", "tile/", 1)))
		if err != nil {
			return nil, err
		}
		all = append(all, data)
	}
	return all, nil
}

func verify(export, vkeyFile string) (count int, err error) {
	vkey, err := os.ReadFile(vkeyFile)
	if err != nil {
		return 0, err
	}
	key, err := note.NewVerifier(strings.TrimSpace(string(vkey)))
	if err != nil {
		return 0, err
	}
	checkpoint, err := os.ReadFile(filepath.Join(export, "log", "checkpoint"))
	if err != nil {
		return 0, err
	}
	signed, err := note.Open(checkpoint, note.VerifierList(key))
	if err != nil {
		return 0, err
	}
	lines := strings.SplitN(signed.Text, "\n", 4)
	size, err := strconv.ParseInt(lines[1], 10, 64)
	if err != nil {
		return 0, err
	}
	root, err := tlog.ParseHash(lines[2])
	if err != nil {
		return 0, err
	}
	hashes := tlog.TileHashReader(tlog.Tree{N: size, Hash: root}, tiles{filepath.Join(export, "log")})
	events, err := os.Open(filepath.Join(export, "events.jsonl"))
	if err != nil {
		return 0, err
	}
	defer events.Close()
	scanner := bufio.NewScanner(events)
	scanner.Buffer(nil, 1<<17)
	for scanner.Scan() {
		var event struct{ Sequence string }
		if err := json.Unmarshal(scanner.Bytes(), &event); err != nil {
			return count, err
		}
		index, err := strconv.ParseInt(event.Sequence, 10, 64)
		if err != nil {
			return count, err
		}
		proof, err := tlog.ProveRecord(size, index, hashes)
		if err != nil {
			return count, fmt.Errorf("entry %d: %w", index, err)
		}
		if err := tlog.CheckRecord(proof, size, root, index, tlog.RecordHash(scanner.Bytes())); err != nil {
			return count, fmt.Errorf("entry %d: %w", index, err)
		}
		count++
	}
	return count, scanner.Err()
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: go run . VKEYFILE")
		os.Exit(2)
	}
	count, err := verify("..", os.Args[1])
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	fmt.Printf("proved %d entries\n", count)
}
