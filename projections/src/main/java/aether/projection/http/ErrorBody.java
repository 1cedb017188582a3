package aether.projection.http;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;

/** The error body of the API. */
record ErrorBody(Problem error) {

    /** What went wrong. */
    record Problem(
            String code,
            String message,
            @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Detail> details) {}

    /** What is wrong with a field. */
    record Detail(String field, String code, String message) {}

    static ErrorBody of(QueryRefused refused) {
        String field = refused.field();
        List<Detail> details =
                field == null ? List.of() : List.of(new Detail(field, refused.code(), refused.sentence()));
        return new ErrorBody(new Problem(refused.code(), refused.sentence(), details));
    }

    static ErrorBody of(String code, String message) {
        return new ErrorBody(new Problem(code, message, List.of()));
    }
}
