package aether.standalone;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleNameEndingWith;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import aether.domain.kernel.Command;
import aether.domain.kernel.DomainEvent;
import aether.domain.kernel.Rejection;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaPackage;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The plan of the house: which room may use what. A failing test's name is the law that was broken. */
class ArchitectureTest {

    private static final String DOMAIN = "aether.domain..";
    private static final String FORMAT = "aether.format..";
    private static final String STORE = "aether.store..";
    private static final String COMMAND = "aether.command..";
    private static final String RECONCILE = "aether.reconcile..";
    private static final String PROJECTION = "aether.projection..";
    private static final String ARCHIVE = "aether.archive..";
    private static final String STANDALONE = "aether.standalone..";
    private static final String SANDBOX = "aether.sandbox..";
    private static final String EMBEDDED = "aether.embedded..";

    private static final String KAFKA = "org.apache.kafka..";
    private static final String SPRING = "org.springframework..";
    private static final String SQL = "java.sql..";
    private static final String FABRIC8 = "io.fabric8..";

    private static JavaClasses house = new ClassFileImporter().importPackages();

    @BeforeAll
    static void openTheHouse() {
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("aether");
    }

    @ParameterizedTest(name = "{0} is not empty")
    @CsvSource({
        "aether.domain", "aether.format", "aether.store", "aether.command", "aether.reconcile",
        "aether.projection", "aether.archive", "aether.standalone", "aether.sandbox", "aether.embedded"
    })
    void everyRoomIsLookedAt(String room) {
        assertThat(house.stream().filter(type -> type.getPackageName().startsWith(room)))
                .hasSizeGreaterThan(4);
    }

    @Test
    void theDomainKnowsNoMachinery() {
        classes()
                .that()
                .resideInAPackage(DOMAIN)
                .should()
                .onlyDependOnClassesThat(resideInAnyPackage(
                                DOMAIN,
                                "java.lang..",
                                "java.util..",
                                "java.time..",
                                "java.nio.charset..",
                                "java.io",
                                "org.jspecify..",
                                "org.axonframework..")
                        .or(JavaClass.Predicates.belongToAnyOf(Object.class)))
                .check(house);
    }

    @Test
    void onlyShellsAndLabelsOfTheDomainKnowAxon() {
        noClasses()
                .that()
                .resideInAPackage(DOMAIN)
                .and(not(simpleNameEndingWith("Aggregate")))
                .and(not(simpleNameEndingWith("Aggregates").or(simpleNameEndingWith("Birth"))))
                .and()
                .areNotAssignableFrom(Command.class)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.axonframework..")
                .check(house);
    }

    @Test
    void timeAndChanceComeInThroughTheDoor() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN, FORMAT)
                .should()
                .callMethod(Instant.class, "now")
                .orShould()
                .callMethod(Clock.class, "systemUTC")
                .orShould()
                .callMethod(UUID.class, "randomUUID")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .check(house);
    }

    @Test
    void subjectsOfTheDomainBuildUponTheKernelOnly() {
        noClasses()
                .that()
                .resideInAPackage("aether.domain.kernel..")
                .should()
                .dependOnClassesThat(resideInAnyPackage(DOMAIN).and(not(resideInAnyPackage("aether.domain.kernel.."))))
                .check(house);
        noClasses()
                .that()
                .resideInAPackage(DOMAIN)
                .and()
                .resideOutsideOfPackage("aether.domain.process..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("aether.domain.process..")
                .check(house);
    }

    @Test
    void messagesAreRecords() {
        for (Class<?> family : Set.of(DomainEvent.class, Command.class, Rejection.class)) {
            classes()
                    .that()
                    .resideInAPackage(DOMAIN)
                    .and()
                    .areAssignableTo(family)
                    .and()
                    .areNotInterfaces()
                    .should()
                    .beRecords()
                    .check(house);
        }
    }

    @Test
    void eventFormatKnowsNeitherSpringNorSqlNorKafkaNorKubernetes() {
        never(FORMAT, SPRING, SQL, KAFKA, FABRIC8, STORE, COMMAND, RECONCILE, PROJECTION, ARCHIVE);
    }

    @Test
    void theEventStoreKnowsNeitherKafkaNorKubernetesNorHttp() {
        never(
                STORE,
                KAFKA,
                FABRIC8,
                "org.springframework.web..",
                "java.net.http..",
                COMMAND,
                RECONCILE,
                PROJECTION,
                ARCHIVE);
    }

    @Test
    void theCommandServiceKnowsNoOtherService() {
        never(COMMAND, RECONCILE, PROJECTION, ARCHIVE, SANDBOX, EMBEDDED, STANDALONE);
    }

    @Test
    void onlyTheGatewayOfTheCommandServiceKnowsKubernetes() {
        noClasses()
                .that()
                .resideInAPackage(COMMAND)
                .and()
                .resideOutsideOfPackage("aether.command.gateway..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(FABRIC8)
                .check(house);
    }

    @Test
    void onlyThePrivacyOfTheCommandServiceOpensWhatIsSealed() {
        noClasses()
                .that()
                .resideInAnyPackage(DOMAIN, FORMAT, STORE, COMMAND, RECONCILE, PROJECTION)
                .and()
                .resideOutsideOfPackage("aether.command.privacy..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("javax.crypto..")
                .check(house);
        noClasses()
                .that()
                .resideOutsideOfPackage("aether.command..")
                .and()
                .resideOutsideOfPackage(STANDALONE)
                .should()
                .dependOnClassesThat()
                .resideInAPackage("aether.command.privacy..")
                .check(house);
    }

    @Test
    void onlyTheCommandServiceAppends() {
        Set<String> writers = house.stream()
                .filter(type -> type.getDirectDependenciesFromSelf().stream()
                        .anyMatch(use -> use.getTargetClass().getName().equals("aether.store.log.LogWriter")))
                .map(JavaClass::getPackageName)
                .filter(name -> !name.startsWith("aether.store"))
                .collect(Collectors.toSet());
        assertThat(writers).allMatch(name -> name.startsWith("aether.command") || name.startsWith("aether.standalone"));
    }

    @Test
    void workersKnowNeitherKafkaNorTheOtherServices() {
        never(
                RECONCILE,
                KAFKA,
                "org.springframework.kafka..",
                COMMAND,
                PROJECTION,
                ARCHIVE,
                SANDBOX,
                EMBEDDED,
                STANDALONE);
    }

    @Test
    void onlyTheKubePackageOfTheWorkersKnowsTheKubernetesClient() {
        noClasses()
                .that()
                .resideInAPackage(RECONCILE)
                .and()
                .resideOutsideOfPackage("aether.reconcile.kube..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("io.fabric8.kubernetes.client..")
                .check(house);
    }

    @Test
    void projectionsKnowNeitherTheEventStoreNorKubernetesNorAnotherService() {
        never(PROJECTION, STORE, FABRIC8, COMMAND, RECONCILE, ARCHIVE, SANDBOX, EMBEDDED, STANDALONE);
    }

    @Test
    void theArchiverKnowsNoCodeOfOurs() {
        never(ARCHIVE, DOMAIN, FORMAT, STORE, COMMAND, RECONCILE, PROJECTION, SANDBOX, EMBEDDED, STANDALONE, SPRING);
    }

    @Test
    void onlyTheSharedHeadOfTheArchiverKnowsSql() {
        noClasses()
                .that()
                .resideInAPackage(ARCHIVE)
                .and()
                .haveSimpleNameNotStartingWith("PostgresHead")
                .should()
                .dependOnClassesThat()
                .resideInAPackage(SQL)
                .because("several archivers agree in a database on who seals, and keep nothing else there")
                .check(house);
    }

    @Test
    void onlyTheStampsOfTheArchiverKnowBouncyCastle() {
        noClasses()
                .that()
                .resideInAPackage(ARCHIVE)
                .and()
                .resideOutsideOfPackage("aether.archive.stamp..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("org.bouncycastle..")
                .check(house);
    }

    @Test
    void theSandboxKnowsNoCodeOfOursButHowProcessesAreRun() {
        never(SANDBOX, DOMAIN, FORMAT, STORE, COMMAND, RECONCILE, PROJECTION, ARCHIVE, STANDALONE, SPRING);
        never(SANDBOX, "aether.embedded.postgres..", "aether.embedded.kafka..");
        never(EMBEDDED, SANDBOX);
    }

    @Test
    void subjectsAreFreeOfCyclesInEveryRoomButTheDomain() {
        for (String room : Set.of("format", "store", "command", "projection", "archive", "reconcile")) {
            slices().matching("aether." + room + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .allowEmptyShould(true)
                    .check(house);
        }
    }

    @Test
    void namesSayWhatAThingIs() {
        noClasses()
                .that()
                .areTopLevelClasses()
                .should()
                .haveNameMatching(".*(Util|Utils|Helper|Manager|Impl)")
                .orShould()
                .haveSimpleNameStartingWith("Abstract")
                .check(house);
    }

    @Test
    void everyPackageIsNullMarked() {
        Set<String> unmarked = house.stream()
                .map(JavaClass::getPackage)
                .distinct()
                .filter(room -> room.tryGetPackageInfo().isEmpty()
                        || !room.isAnnotatedWith("org.jspecify.annotations.NullMarked"))
                .map(JavaPackage::getName)
                .collect(Collectors.toSet());
        assertThat(unmarked).isEmpty();
    }

    private static void never(String room, String... others) {
        ArchRule rule = noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others);
        rule.check(house);
    }
}
