package aether.standalone.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLWriteFeature;

/** Prints what the API answered: as a table for people, as JSON or YAML for programs. */
final class Printer {

    /** How it is printed. */
    enum Format {
        TABLE,
        JSON,
        YAML;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** A column of a table. */
    record Column(String title, Function<JsonNode, String> value) {

        /** A column that shows a field; one that is absent or null is a dash. */
        static Column field(String title, String name) {
            return new Column(title, node -> text(node, name));
        }
    }

    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private static final JsonMapper LINE = JsonMapper.builder().build();

    private static final YAMLMapper YAML = YAMLMapper.builder()
            .disable(YAMLWriteFeature.WRITE_DOC_START_MARKER)
            .enable(YAMLWriteFeature.MINIMIZE_QUOTES)
            .enable(YAMLWriteFeature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
            .build();

    private final PrintWriter out;
    private final Format format;

    Printer(PrintWriter out, Format format) {
        this.out = out;
        this.format = format;
    }

    boolean isTable() {
        return format == Format.TABLE;
    }

    /** A line for people; programs do not get it. */
    void say(String line) {
        if (isTable()) {
            out.println(line);
            out.flush();
        }
    }

    /** A list. */
    void list(List<JsonNode> items, List<Column> columns, String whenEmpty) {
        switch (format) {
            case TABLE -> {
                if (items.isEmpty()) {
                    out.println(whenEmpty);
                } else {
                    table(items, columns);
                }
            }
            case JSON -> out.println(JSON.writeValueAsString(items));
            case YAML -> out.print(YAML.writeValueAsString(items));
        }
        out.flush();
    }

    /** One thing, for programs. */
    void one(Object node) {
        switch (format) {
            case TABLE -> {}
            case JSON -> out.println(JSON.writeValueAsString(node));
            case YAML -> out.print(YAML.writeValueAsString(node));
        }
        out.flush();
    }

    /** The thing as JSON, for a file. */
    static String json(Object node) {
        return JSON.writeValueAsString(node);
    }

    /** One of many things as they come, a line of JSON or a document of YAML each, for programs. */
    void next(JsonNode node) {
        switch (format) {
            case TABLE -> {}
            case JSON -> out.println(LINE.writeValueAsString(node));
            case YAML -> out.print("---\n" + YAML.writeValueAsString(node));
        }
        out.flush();
    }

    static String text(JsonNode node, String name) {
        JsonNode value = node.path(name);
        return value.isMissingNode() || value.isNull() ? "-" : value.asString();
    }

    private void table(List<JsonNode> items, List<Column> columns) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(columns.stream().map(Column::title).toList());
        for (JsonNode item : items) {
            rows.add(columns.stream().map(column -> column.value().apply(item)).toList());
        }
        int[] widths = new int[columns.size()];
        for (List<String> row : rows) {
            for (int column = 0; column < widths.length; column++) {
                widths[column] = Math.max(widths[column], row.get(column).length());
            }
        }
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < widths.length; column++) {
                String cell = row.get(column);
                line.append(cell).repeat(" ", widths[column] - cell.length() + 2);
            }
            out.println(line.toString().stripTrailing());
        }
    }
}
