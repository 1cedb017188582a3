package main

import (
	"encoding/base64"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"golang.org/x/mod/sumdb/note"
	"golang.org/x/mod/sumdb/tlog"
)

const baseHeader = "aether.audit/epoch@v1"

// Where a log that has lost its end goes on: the new epoch's key signs what is left, and holds a checkpoint of more
// entries, signed with the old key. The old key has nothing to say beyond that size.
func base(dir string, i int, from, to verifier) (handover, error) {
	var at handover
	file := filepath.Join(dir, "keys", fmt.Sprintf("%d.base", i))
	data, err := os.ReadFile(file)
	if err != nil {
		return at, err
	}
	signed, err := note.Open(data, note.VerifierList(to))
	if err != nil {
		return at, fmt.Errorf("%s: %w", file, err)
	}
	lines := strings.Split(signed.Text, "\n")
	said := map[string]string{}
	for _, line := range lines[2:] {
		name, value, _ := strings.Cut(line, " ")
		if name == "to" && strings.HasPrefix(value, "ml-dsa-44 ") {
			continue // Go has no such signatures yet
		}
		said[name] = value
	}
	if lines[0] != baseHeader || lines[1] != from.Name() || said["number"] != strconv.Itoa(i) ||
		said["origin"] != to.Name() || said["from"] != from.vkey || said["to"] != to.vkey {
		return at, fmt.Errorf("%s is no base of key %d after the one before it", file, i)
	}
	if at.size, err = strconv.ParseInt(said["size"], 10, 64); err != nil {
		return at, fmt.Errorf("%s: %w", file, err)
	}
	if at.root, err = tlog.ParseHash(said["root"]); err != nil {
		return at, fmt.Errorf("%s: %w", file, err)
	}
	evidence, err := base64.StdEncoding.DecodeString(said["evidence"])
	if err != nil {
		return at, fmt.Errorf("%s: %w", file, err)
	}
	more, err := signedTree(file, evidence, from)
	if err != nil {
		return at, fmt.Errorf("%s has no evidence: %w", file, err)
	}
	if more.N <= at.size {
		return at, fmt.Errorf("%s proves no loss: its evidence is of %d entries, and %d are left", file, more.N, at.size)
	}
	return at, nil
}
