package main

import (
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"
)

// A witness's key (C2SP tlog-cosignature, Ed25519), which sumdb/note does not know by itself.
type witness struct {
	name string
	id   uint32
	key  ed25519.PublicKey
}

const cosignature = 4

func (w witness) Name() string { return w.name }

func (w witness) KeyHash() uint32 { return w.id }

func (w witness) Verify(text, timed []byte) bool {
	if len(timed) != 8+ed25519.SignatureSize {
		return false
	}
	message := fmt.Sprintf("cosignature/v1\ntime %d\n%s", binary.BigEndian.Uint64(timed), text)
	return ed25519.Verify(w.key, []byte(message), timed[8:])
}

func parseWitness(vkey string) (witness, error) {
	parts := strings.SplitN(strings.TrimSpace(vkey), "+", 3)
	if len(parts) != 3 {
		return witness{}, fmt.Errorf("%q is no key", vkey)
	}
	typed, err := base64.StdEncoding.DecodeString(parts[2])
	if err != nil || len(typed) != 1+ed25519.PublicKeySize || typed[0] != cosignature {
		return witness{}, fmt.Errorf("%q is no witness's key: %v", vkey, err)
	}
	hash := sha256.Sum256(append([]byte(parts[0]+"\n"), typed...))
	id := binary.BigEndian.Uint32(hash[:])
	if fmt.Sprintf("%08x", id) != parts[1] {
		return witness{}, fmt.Errorf("%q has the id %08x", vkey, id)
	}
	return witness{parts[0], id, typed[1:]}, nil
}

// Demands that the witness whose key id the file's name ends with has signed what is in it.
func cosigned(dir, file string) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	vkey, err := os.ReadFile(filepath.Join(dir, "witnesses", strings.TrimPrefix(filepath.Ext(file), ".")+".vkey"))
	if err != nil {
		return err
	}
	key, err := parseWitness(string(vkey))
	if err != nil {
		return err
	}
	if _, err := note.Open(data, note.VerifierList(key)); err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return nil
}
