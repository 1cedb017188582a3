package aether.archive.policy;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import aether.archive.log.CosignerKey;
import aether.archive.log.VerifierKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads a policy line by line; names are octets, as the specification wants it, so each character here is one octet.
 */
final class PolicyReader {

    /** Twice what the specification asks every reader to take. */
    private static final int MAX_LINES_OF_A_KIND = 64;

    private static final String NONE = "none";

    private final List<PolicyLog> logs = new ArrayList<>();
    private final List<PolicyWitness> witnesses = new ArrayList<>();
    private final Map<String, Quorum> defined = new HashMap<>();
    private final Set<String> members = new HashSet<>();
    private final Set<String> keys = new HashSet<>();
    private int groups;
    private @Nullable Quorum quorum; // null before its line

    WitnessPolicy read(byte[] policy) {
        String text = new String(policy, ISO_8859_1);
        int number = 0;
        for (int from = 0; from < text.length(); ) {
            number++;
            int end = text.indexOf('\n', from);
            try {
                line(end < 0 ? unended() : text.substring(from, end));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("Line " + number + ": " + e.getMessage(), e);
            }
            from = end + 1;
        }
        if (quorum == null) {
            throw new IllegalArgumentException(
                    "Expected a line 'quorum NAME', but the policy ends after line " + number + " without one.");
        }
        return new WitnessPolicy(logs, witnesses, quorum);
    }

    private static String unended() {
        throw new IllegalArgumentException("Expected a newline at its end, but the policy ends before.");
    }

    private void line(String line) {
        for (int i = 0; i < line.length(); i++) {
            char octet = line.charAt(i);
            if (octet != '\t' && (octet < ' ' || octet == 0x7f)) {
                throw new IllegalArgumentException("Expected no control characters but tab and newline, but byte "
                        + (i + 1) + " is " + (int) octet + ".");
            }
        }
        List<String> words = Arrays.stream(line.split("[ \t]+"))
                .filter(word -> !word.isEmpty())
                .toList();
        if (words.isEmpty() || words.getFirst().startsWith("#")) {
            return;
        }
        switch (words.getFirst()) {
            case "log" -> log(words);
            case "witness" -> witness(words);
            case "group" -> group(words);
            case "quorum" -> quorum(words);
            default ->
                throw new IllegalArgumentException("Expected log, witness, group, quorum or a comment, but got '"
                        + shown(words.getFirst()) + "'.");
        }
    }

    private void log(List<String> words) {
        requireWords(words, 2, 3, "log VKEY [URL]");
        requireRoom(logs.size(), "logs");
        VerifierKey key = VerifierKey.parse(shown(words.get(1)));
        requireNewKey(key.vkey());
        logs.add(new PolicyLog(key, words.size() > 2 ? shown(words.get(2)) : ""));
    }

    private void witness(List<String> words) {
        requireWords(words, 3, 4, "witness NAME VKEY [URL]");
        requireRoom(witnesses.size(), "witnesses");
        CosignerKey key = CosignerKey.parse(shown(words.get(2)));
        requireNewKey(key.vkey());
        PolicyWitness witness =
                new PolicyWitness(shown(words.get(1)), key, words.size() > 3 ? shown(words.get(3)) : "");
        define(words.get(1), new Quorum.One(witness));
        witnesses.add(witness);
    }

    private void group(List<String> words) {
        requireWords(words, 4, Integer.MAX_VALUE, "group NAME all|any|K MEMBER...");
        requireRoom(groups++, "groups");
        List<Quorum> of = new ArrayList<>();
        for (String member : words.subList(3, words.size())) {
            of.add(known(member));
            if (!members.add(member)) {
                throw new IllegalArgumentException("Expected each name to be a member once, but '" + shown(member)
                        + "' is listed twice: one witness must not count for two.");
            }
        }
        define(words.get(1), new Quorum.Group(needed(words.get(2), of.size()), of));
    }

    private static int needed(String word, int members) {
        if (word.equals("all")) {
            return members;
        }
        if (word.equals("any")) {
            return 1;
        }
        if (!word.matches("[1-9][0-9]{0,3}") || Integer.parseInt(word) > members) {
            throw new IllegalArgumentException(
                    "Expected all, any or a number from 1 to " + members + ", but got '" + shown(word) + "'.");
        }
        return Integer.parseInt(word);
    }

    private void quorum(List<String> words) {
        requireWords(words, 2, 2, "quorum NAME");
        if (quorum != null) {
            throw new IllegalArgumentException("Expected one line with the quorum, but this is a second one.");
        }
        quorum = words.get(1).equals(NONE) ? new Quorum.None() : known(words.get(1));
    }

    private Quorum known(String name) {
        Quorum known = defined.get(name);
        if (known == null) {
            throw new IllegalArgumentException(
                    "Expected a witness or a group of a line before this one, but got '" + shown(name) + "'.");
        }
        return known;
    }

    private void define(String name, Quorum meaning) {
        if (name.equals(NONE)) {
            throw new IllegalArgumentException("Expected another name than 'none', which means that nobody is needed.");
        }
        if (defined.putIfAbsent(name, meaning) != null) {
            throw new IllegalArgumentException("Expected a new name, but '" + shown(name) + "' is taken.");
        }
    }

    /** What is the same key under two names counts once. */
    private void requireNewKey(String vkey) {
        if (!keys.add(vkey.substring(vkey.indexOf('+', vkey.indexOf('+') + 1)))) {
            throw new IllegalArgumentException("Expected another key than in the lines before, but got " + vkey + ".");
        }
    }

    private static void requireRoom(int before, String what) {
        if (before >= MAX_LINES_OF_A_KIND) {
            throw new IllegalArgumentException(
                    "Expected at most " + MAX_LINES_OF_A_KIND + " " + what + ", but this is one more.");
        }
    }

    private static void requireWords(List<String> words, int least, int most, String form) {
        if (words.size() < least || words.size() > most) {
            throw new IllegalArgumentException("Expected '" + form + "', but got " + words.size() + " words.");
        }
    }

    /** The octets as the text that they most likely are. */
    private static String shown(String octets) {
        return new String(octets.getBytes(ISO_8859_1), UTF_8);
    }
}
