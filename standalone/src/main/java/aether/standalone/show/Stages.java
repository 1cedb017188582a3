package aether.standalone.show;

import java.time.Duration;

/** Shows stages as they begin and end. */
public interface Stages {

    /** Announces a group of stages. */
    void heading(String text);

    /** A stage has begun; several may run at once. */
    void begun(String stage);

    /** A stage is over. */
    void done(String stage, Duration took);

    /** A stage has failed; the sentence says why. */
    void failed(String stage, String sentence);
}
