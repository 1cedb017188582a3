package aether.archive.export;

/** Texts in HTML: names come from customers, and no page of ours runs what they write. */
final class Html {

    private Html() {}

    static String text(String text) {
        StringBuilder safe = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> safe.append("&amp;");
                case '<' -> safe.append("&lt;");
                case '>' -> safe.append("&gt;");
                case '"' -> safe.append("&quot;");
                case '\'' -> safe.append("&#39;");
                default -> safe.append(c < ' ' && c != '\t' && c != '\n' ? '\ufffd' : c);
            }
        }
        return safe.toString();
    }
}
