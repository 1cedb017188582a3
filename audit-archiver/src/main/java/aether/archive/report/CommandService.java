package aether.archive.report;

import java.io.IOException;

/** The way to the one who may write into the event log. */
public interface CommandService {

    /**
     * Enters a report; one that is entered already is accepted again and changes nothing.
     *
     * @throws RefusedReport when it will never be accepted as it is
     * @throws IOException when it is not known whether it was entered; send it again
     */
    void send(Report report) throws IOException, RefusedReport;

    /**
     * What the event log holds, with the root over its first events. Takes as long as reading them.
     *
     * @param size how many of the first events
     * @param anew whether all of them are read; else only those since the last time
     * @throws IOException when it does not answer
     */
    Holding holding(long size, boolean anew) throws IOException;
}
