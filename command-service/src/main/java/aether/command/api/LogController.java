package aether.command.api;

import aether.command.access.Identity;
import aether.command.reconciliation.LogHolding;
import aether.command.request.RequestRefused;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Tells the archiver what the log holds, so that it can compare that with what is sealed. */
@RestController
@RequestMapping("/internal/v1/log")
@Audience(Identity.Kind.ARCHIVER)
final class LogController {

    private final LogHolding holding;

    LogController(LogHolding holding) {
        this.holding = holding;
    }

    @GetMapping
    Map<String, Object> read(@RequestParam long size, @RequestParam boolean anew) {
        if (size < 0) {
            throw new RequestRefused(400, "malformed_request", "Expected a size from 0, but got " + size + ".");
        }
        LogHolding.Answer answer = holding.upTo(size, anew);
        Map<String, Object> shown = new LinkedHashMap<>();
        shown.put("complete", answer.complete());
        shown.put("head", Long.toString(answer.head()));
        shown.put("count", Long.toString(answer.count()));
        shown.put("root", answer.root());
        shown.put("read_from", Long.toString(answer.readFrom()));
        return shown;
    }
}
