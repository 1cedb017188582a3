package aether.archive.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The lock records of an archive in a directory, in a tree of their own, so that tile directories hold tiles only. One
 * object has its record under its own name. Objects that were made together share a sheet per directory, named
 * {@code <first>~<last>}: no object has such a name.
 */
public final class LockRecords {

    private static final String ROOT = ".locks";
    private static final String TO = "~";

    private final Path root;
    private final Path locks;

    /** The records of the archive in a directory, which need not exist. */
    public LockRecords(Path archive) {
        this.root = archive;
        this.locks = archive.resolve(ROOT);
    }

    /**
     * The object's lock: its own record, or else the longest on any sheet.
     *
     * @throws TamperAlarm when its record is none
     */
    public Optional<ObjectLock> find(String key) throws IOException {
        Optional<byte[]> own = DurableFiles.read(single(key));
        if (own.isPresent()) {
            return Optional.of(ObjectLock.parse(key, name(key), own.get()));
        }
        List<ObjectLock> found = new ArrayList<>();
        for (Path sheet : sheetsThatMayHold(single(key))) {
            ObjectLock lock = read(sheet).get(name(key));
            if (lock != null) {
                found.add(lock);
            }
        }
        return found.stream().max(Comparator.comparing(ObjectLock::until));
    }

    /** How many records have no object. */
    public long withoutObject() throws IOException {
        long[] orphans = new long[1];
        forEach(key -> {
            if (!Files.exists(root.resolve(key))) {
                orphans[0]++;
            }
        });
        return orphans[0];
    }

    /** Forgets the lock of an object that is gone. */
    void forget(String key) throws IOException {
        Path single = single(key);
        boolean changed = Files.deleteIfExists(single);
        for (Path sheet : sheetsThatMayHold(single)) {
            SortedMap<String, ObjectLock> rest = read(sheet);
            if (rest.remove(name(key)) == null) {
                continue;
            }
            changed = true;
            if (rest.isEmpty()) {
                Files.delete(sheet);
            } else {
                Path next = sheet.resolveSibling(".next");
                DurableFiles.write(next, format(rest).getBytes(StandardCharsets.UTF_8), DurableFiles.READ_ONLY);
                DurableFiles.replace(next, sheet);
            }
        }
        if (changed) {
            DurableFiles.sync(single.resolveSibling(""));
        }
    }

    private void forEach(Consumer<String> visitor) throws IOException {
        if (!Files.isDirectory(locks)) {
            return;
        }
        try (Stream<Path> files = Files.walk(locks)) {
            for (Iterator<Path> each = files.iterator(); each.hasNext(); ) {
                Path file = each.next();
                String key = locks.relativize(file).toString();
                if (isSheet(file)) {
                    String directory = key.substring(0, key.length() - name(key).length());
                    read(file).keySet().forEach(name -> visitor.accept(directory + name));
                } else if (!Files.isDirectory(file)) {
                    visitor.accept(key);
                }
            }
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    Path single(String key) {
        return locks.resolve(ObjectKey.require(key));
    }

    /** Where the locks of objects of one directory, by their names, are kept together. */
    static Path sheet(Path directory, SortedMap<String, ObjectLock> locks) {
        return directory.resolve(locks.firstKey() + TO + locks.lastKey());
    }

    /** The locks on a sheet by the names of their objects; none when it does not exist. */
    static SortedMap<String, ObjectLock> read(Path sheet) throws IOException {
        SortedMap<String, ObjectLock> read = new TreeMap<>();
        byte[] bytes = DurableFiles.read(sheet).orElse(new byte[0]);
        for (String line : new String(bytes, StandardCharsets.UTF_8).lines().toList()) {
            int end = Math.max(0, line.indexOf(' '));
            String words = line.substring(Math.min(line.length(), end + 1));
            read.put(
                    line.substring(0, end),
                    ObjectLock.parse(
                            sheet + " " + line.substring(0, end), line.substring(0, end), words.split(" ", -1)));
        }
        return read;
    }

    static String format(SortedMap<String, ObjectLock> sheet) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<String, ObjectLock> lock : sheet.entrySet()) {
            text.append(lock.getKey())
                    .append(' ')
                    .append(String.join(" ", lock.getValue().words(lock.getKey())))
                    .append('\n');
        }
        return text.toString();
    }

    private static List<Path> sheetsThatMayHold(Path single) throws IOException {
        Path directory = single.resolveSibling("");
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        String name = String.valueOf(single.getFileName());
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> isSheet(file) && covers(String.valueOf(file.getFileName()), name))
                    .toList();
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    private static boolean covers(String sheet, String name) {
        int to = sheet.indexOf(TO);
        return sheet.substring(0, to).compareTo(name) <= 0
                && sheet.substring(to + TO.length()).compareTo(name) >= 0;
    }

    private static boolean isSheet(Path file) {
        return String.valueOf(file.getFileName()).contains(TO);
    }

    static String name(String key) {
        return key.substring(key.lastIndexOf('/') + 1);
    }
}
