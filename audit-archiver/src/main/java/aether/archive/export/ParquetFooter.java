package aether.archive.export;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * The end of a Parquet file, where its columns are described. The library lists a column's encodings in the order of a
 * hash set of enums, which is another one in each process; the same request has to give the same bytes.
 */
final class ParquetFooter {

    /** The footer's length and the magic after it. */
    private static final int TAIL = 8;

    private ParquetFooter() {}

    /** Writes the footer again with every list in one order; its length stays. */
    static void inOneOrder(Path file) throws IOException {
        try (RandomAccessFile parquet = new RandomAccessFile(file.toFile(), "rw")) {
            byte[] tail = new byte[TAIL];
            parquet.seek(parquet.length() - TAIL);
            parquet.readFully(tail);
            int length = ByteBuffer.wrap(tail).order(ByteOrder.LITTLE_ENDIAN).getInt();
            byte[] footer = new byte[length];
            parquet.seek(parquet.length() - TAIL - length);
            parquet.readFully(footer);
            byte[] ordered = ordered(footer);
            if (ordered.length != length) {
                throw new IOException("Expected a footer of " + length + " bytes in " + file.getFileName()
                        + " whatever the order in it, but got " + ordered.length + ".");
            }
            parquet.seek(parquet.length() - TAIL - length);
            parquet.write(ordered);
        }
    }

    private static byte[] ordered(byte[] footer) throws IOException {
        FileMetaData metadata = Util.readFileMetaData(new ByteArrayInputStream(footer));
        for (RowGroup rows : requireNonNull(metadata.getRow_groups())) {
            for (ColumnChunk column : requireNonNull(rows.getColumns())) {
                order(requireNonNull(column.getMeta_data()));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        Util.writeFileMetaData(metadata, out);
        return out.toByteArray();
    }

    private static void order(ColumnMetaData column) {
        requireNonNull(column.getEncodings()).sort(Comparator.comparingInt(Encoding::getValue));
        List<PageEncodingStats> stats = column.getEncoding_stats();
        if (stats != null) { // an optional part of the format
            stats.sort(Comparator.comparingInt((PageEncodingStats each) ->
                            requireNonNull(each.getPage_type()).getValue())
                    .thenComparingInt(each -> requireNonNull(each.getEncoding()).getValue()));
        }
    }
}
