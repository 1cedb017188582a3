# One image per service: docker build --build-arg ROOM=command-service --build-arg MAIN=aether.command.CommandServiceApplication .
FROM eclipse-temurin:21-jdk AS build
ARG ROOM
WORKDIR /src
COPY . .
RUN ./mvnw -B -q -DskipTests -Dspotless.check.skip -pl ${ROOM} -am package \
    dependency:copy-dependencies -DincludeScope=runtime -DoutputDirectory=/out/lib \
 && cp ${ROOM}/target/${ROOM}-*.jar /out/lib/ \
 && jlink --add-modules java.se,jdk.crypto.ec,jdk.httpserver,jdk.unsupported,jdk.zipfs \
    --strip-debug --no-man-pages --no-header-files --output /out/java

FROM debian:bookworm-slim
ARG MAIN
ENV AETHER_MAIN=${MAIN} AXONIQ_UPDATE_CHECKER_DISABLED=true
COPY --from=build /out/java /opt/java
COPY --from=build /out/lib /opt/aether/lib
RUN useradd --system --uid 10001 aether && mkdir /data /master-key && chown aether /data /master-key
USER 10001
VOLUME /data
ENTRYPOINT ["/bin/sh", "-c", "exec /opt/java/bin/java -XX:MaxRAMPercentage=70 -cp '/opt/aether/lib/*' \"$AETHER_MAIN\""]
